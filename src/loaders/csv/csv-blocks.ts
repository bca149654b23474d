// CSV text as blocks of whole rows, each with its table and its lines: for work that goes row by row through text of any length.
// Unlike batches, every block decides the types of its own columns, so that one wrong cell is a finding about its row.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../../core/feature-spec.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { TimeSlice } from '../../core/time-slice.js';
import type { Column } from '../../table/column.js';
import { makeTable } from '../../table/make-table.js';
import { ByteQueue } from '../byte-queue.js';
import { checkUtf8 } from '../check-utf8.js';
import { declaredType } from '../declared-type.js';
import { lineNumber } from '../line-number.js';
import { dictionarySeed } from '../string-dictionary.js';
import { CellBlock } from './cell-block.js';
import { columnKinds } from './cells/column-kinds.js';
import { csvDialect } from './csv-dialect.js';
import { readCsvHead, sampledColumns } from './csv-head.js';
import type { ResolvedCsvOptions } from './csv-options.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer } from './csv-tokenizer.js';
import { readText } from './kernel/read-text.js';
import { readColumns } from './read-columns.js';

/** Some rows of a text. */
export interface CsvBlock {
  readonly table: ColumnTable;
  /** The character between cells. */
  readonly delimiter: string;
  /** Each row as it stands in the text, without its line end; valid until the next block is asked for. */
  lines(): Generator<Buffer>;
}

/** A text to read in blocks. */
export interface BlocksRequest {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What messages call it. */
  readonly name: string;
  readonly options: ResolvedCsvOptions;
  readonly types: Readonly<Record<string, FieldType>>;
  /** Type of the columns that `types` does not name; guessed in each block where absent. */
  readonly otherTypes?: FieldType | undefined;
  /** About how many bytes a block has. */
  readonly bytes: number;
  readonly slice: TimeSlice;
}

/** Most bytes of the first rows, from which delimiter and header are read. */
const HEAD_BYTES = 1_048_576;
/** Below, the kernel is not worth its start. */
const MIN_KERNEL_BYTES = 65_536;
const LF = 0x0a;
const CR = 0x0d;
const NO_CELLS = new CellBlock(0, 0);

/** @throws DATA_EMPTY where there is no row; TEXT_ENCODING, CSV_MALFORMED, COLUMN_INVALID, DATA_TOO_LARGE as `parseCsv` */
export async function* csvBlocks(request: BlocksRequest): AsyncGenerator<CsvBlock> {
  const { options, types, otherTypes, name, bytes: size } = request;
  const chunks = request.chunks[Symbol.asyncIterator]();
  const queue = new ByteQueue();
  let before = { nLines: 0, nBytes: 0 };
  let hasMore = true;

  async function fill(nBytes: number): Promise<void> {
    while (hasMore && queue.bytes.length < nBytes) {
      const next = await chunks.next();
      if (next.done) hasMore = false;
      else queue.add(next.value);
    }
  }
  function take(nBytes: number): void {
    before = { nLines: before.nLines + countLines(queue.bytes.subarray(0, nBytes)), nBytes: before.nBytes + nBytes };
    queue.take(nBytes);
  }
  const textOf = (dialect: CsvText['dialect'], most: number): CsvText => {
    const bytes = queue.bytes.subarray(0, most);
    return { bytes, start: 0, dialect, name, hasMore: hasMore || queue.bytes.length > most, before };
  };

  try {
    await fill(Math.max(HEAD_BYTES, size));
    const plain = csvDialect(options);
    const head = readCsvHead(textOf(plain, HEAD_BYTES), (column) => declaredType(types, column));
    const { names, delimiter, end } = head;
    const dialect = { ...plain, delimiter };
    const declared = names.map((column) => declaredType(types, column) ?? otherTypes);
    take(end);
    for (let isFirst = true; ; isFirst = false) {
      await fill(size);
      let text = textOf(dialect, size);
      while (text.hasMore && wholeRows(text) === 0) {
        await fill(text.bytes.length + size);
        text = textOf(dialect, text.bytes.length + size);
      }
      const nBytes = text.hasMore ? wholeRows(text) : text.bytes.length;
      const rows: CsvText = { ...text, bytes: text.bytes.subarray(0, nBytes), hasMore: false };
      checkUtf8(rows.bytes, name, before);
      const hasRows = new CsvTokenizer(rows).next(NO_CELLS, 0) > 0;
      if (!hasRows && isFirst && !text.hasMore) throw new TabwrightError('DATA_EMPTY', `${name}: there is no row`);
      if (hasRows) yield await readBlock(rows, { names, declared }, request);
      if (!text.hasMore) return;
      take(nBytes);
    }
  } finally {
    await chunks.return?.();
  }
}

/** Line ends in the bytes. */
function countLines(bytes: Buffer): number {
  if (bytes.includes(CR)) return lineNumber(bytes, bytes.length) - 1;
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}

/** Bytes of the rows that are whole for sure, of a text that goes on. */
function wholeRows(text: CsvText): number {
  const end = isPlain(text) ? text.bytes.lastIndexOf(LF) + 1 : 0;
  if (end > 0) return end;
  const tokenizer = new CsvTokenizer(text);
  while (tokenizer.next(NO_CELLS, 0) > 0);
  return tokenizer.position;
}

/** Whether every LF ends a row: no quotes, no other line ends, no comments. */
function isPlain({ bytes, dialect }: CsvText): boolean {
  if (dialect.comment.length > 0 || bytes.includes(CR)) return false;
  return dialect.quote === -1 || !bytes.includes(dialect.quote);
}

interface BlockColumns {
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
}

async function readBlock(
  text: CsvText,
  { names, declared }: BlockColumns,
  { options, slice }: BlocksRequest,
): Promise<CsvBlock> {
  const { bytes, dialect } = text;
  const plan = {
    ...{ size: bytes.length, hasMore: false, nColumns: names.length, options },
    ...{ delimiter: dialect.delimiter, seed: dictionarySeed() },
  };
  const wanted = { plan, bytes, from: 0, to: bytes.length, columns: sampledColumns(text, declared) };
  const found = bytes.length < MIN_KERNEL_BYTES ? undefined : await inSteps(readText(wanted), slice);
  const columns = found?.columns ?? (await inSteps(readColumns(text, declared.map(columnKinds), names), slice));
  return {
    table: makeTable(names.map((column, index) => [column, columns[index] as Column] as const)),
    delimiter: String.fromCharCode(dialect.delimiter),
    lines: () => (isPlain(text) ? plainLines(bytes) : quotedLines(text)),
  };
}

async function inSteps<R>(steps: Generator<unknown, R>, slice: TimeSlice): Promise<R> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (slice.due()) await slice.pause();
  }
}

function* plainLines(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LF, start);
    const end = found === -1 ? bytes.length : found;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function* quotedLines(text: CsvText): Generator<Buffer> {
  const { bytes } = text;
  const tokenizer = new CsvTokenizer(text);
  for (let nCells = tokenizer.next(NO_CELLS, 0); nCells > 0; nCells = tokenizer.next(NO_CELLS, 0)) {
    let end = tokenizer.position;
    while (end > tokenizer.rowStart && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end -= 1;
    yield bytes.subarray(tokenizer.rowStart, end);
  }
}
