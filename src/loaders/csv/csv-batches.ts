// A CSV file as tables of some rows each, for files past memory: no more than a batch of the text is held at a time.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../../core/feature-spec.js';
import type { TimeSlice } from '../../core/time-slice.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { makeTable } from '../../table/make-table.js';
import { ByteQueue } from '../byte-queue.js';
import { checkUtf8 } from '../check-utf8.js';
import { declaredType } from '../declared-type.js';
import { lineNumber } from '../line-number.js';
import { dictionarySeed } from '../string-dictionary.js';
import { CellBlock } from './cell-block.js';
import { type ColumnKind, columnKinds } from './cells/column-kinds.js';
import { csvDialect } from './csv-dialect.js';
import { readCsvHead, sampledColumns } from './csv-head.js';
import type { ResolvedCsvOptions } from './csv-options.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer } from './csv-tokenizer.js';
import { readText, type WantedColumn } from './kernel/read-text.js';
import { readColumns } from './read-columns.js';

/** Most bytes of the first rows, from which delimiter and header are read. */
const HEAD_BYTES = 1_048_576;
const ROWS_BETWEEN_PAUSES = 4096;
/** Below, the kernel is not worth its start. */
const MIN_KERNEL_BYTES = 65_536;
/** Bytes read past a batch, for its last row. */
const SLACK = 65_536;
const NO_CELLS = new CellBlock(0, 0);

/** A text to read in batches. */
export interface BatchesRequest {
  readonly chunks: AsyncIterable<Buffer>;
  /** What messages call it. */
  readonly name: string;
  readonly options: ResolvedCsvOptions;
  readonly types: Readonly<Record<string, FieldType>>;
  readonly rows: number | undefined;
  readonly bytes: number;
  readonly slice: TimeSlice;
}

/**
 * The rows in order. The first batch decides the types of columns, all later ones have the same.
 * @throws COLUMN_INVALID for a cell that does not fit its column's type; the errors of `parseCsv`
 */
export async function* csvBatches(request: BatchesRequest): AsyncGenerator<ColumnTable> {
  const { options, types } = request;
  const source = new TextSource(request);
  await source.fill(Math.max(HEAD_BYTES, request.bytes));
  const { names, delimiter, end } = readCsvHead(source.text(csvDialect(options)), (column) =>
    declaredType(types, column),
  );
  const dialect = { ...csvDialect(options), delimiter };
  source.take(end);
  const batch = { names, dialect, declared: names.map((column) => declaredType(types, column)) };
  let kinds: readonly ColumnKind[] | undefined;
  for (;;) {
    const columns = (await kernelRows(source, batch, kinds)) ?? (await plainRows(source, batch, kinds));
    if (columns === undefined) return;
    kinds ??= columns.map((column, index) => kindOf(column, columnKinds(batch.declared[index])));
    yield makeTable(names.map((column, index) => [column, columns[index] as Column] as const));
  }
}

/** What all batches have in common. */
interface BatchFormat {
  readonly names: readonly string[];
  readonly dialect: CsvText['dialect'];
  readonly declared: readonly (FieldType | undefined)[];
}

/** The next batch as the kernel reads it; undefined where {@link plainRows} has to. `kinds` are those of the batches before. */
async function kernelRows(
  source: TextSource,
  { dialect, declared }: BatchFormat,
  kinds: readonly ColumnKind[] | undefined,
): Promise<Column[] | undefined> {
  const { rows, bytes: batchBytes, options, slice } = source.request;
  if (rows !== undefined || batchBytes < MIN_KERNEL_BYTES) return undefined;
  await source.fill(batchBytes + SLACK - source.bytes.length);
  const text = source.text(dialect);
  const { bytes, hasMore = false } = text;
  const format = { nColumns: declared.length, options, delimiter: dialect.delimiter, seed: dictionarySeed() };
  const wanted = {
    plan: { size: bytes.length, hasMore, ...format },
    bytes,
    from: 0,
    to: Math.min(batchBytes, bytes.length),
    columns:
      kinds === undefined ? sampledColumns(text, declared) : declared.map((type, i) => knownColumn(type, kinds[i])),
  };
  const found = await inSteps(readText(wanted), slice);
  if (found !== undefined) source.take(found.end);
  return found?.columns;
}

/** A column whose type is decided. */
function knownColumn(declared: FieldType | undefined, kind: ColumnKind | undefined): WantedColumn {
  const position = columnKinds(declared).indexOf(kind as ColumnKind);
  return { declared, kind: position, lastKind: position };
}

/** The next batch, cell by cell; undefined where no row is left. */
async function plainRows(
  source: TextSource,
  { names, dialect, declared }: BatchFormat,
  kinds: readonly ColumnKind[] | undefined,
): Promise<Column[] | undefined> {
  const { name, slice } = source.request;
  const { nRows, nBytes } = await source.nextRows(dialect);
  if (nRows === 0 && kinds !== undefined) return undefined;
  const text: CsvText = { ...source.text(dialect), bytes: source.bytes.subarray(0, nBytes), hasMore: false };
  checkUtf8(text.bytes, name, text.before);
  const tried = kinds === undefined ? declared.map(columnKinds) : kinds.map((kind) => [kind]);
  const columns = await inSteps(readColumns(text, tried, names), slice);
  source.take(nBytes);
  return columns;
}

/** Of the kinds a column could have, the one it has: they are in the order of `columnKinds`. */
function kindOf(column: Column, kinds: readonly ColumnKind[]): ColumnKind {
  const undeclared = column instanceof BooleanColumn ? 1 : column instanceof DateColumn ? 2 : 0;
  const position = column instanceof DictionaryColumn ? kinds.length - 1 : kinds.length > 2 ? undeclared : 0;
  return kinds[position] as ColumnKind;
}

async function inSteps<R>(steps: Generator<unknown, R>, slice: TimeSlice): Promise<R> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (slice.due()) await slice.pause();
  }
}

/** The text that is read but not yet parsed. */
class TextSource {
  readonly request: BatchesRequest;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #queue = new ByteQueue();
  #hasMore = true;
  #before = { nLines: 0, nBytes: 0 };

  constructor(request: BatchesRequest) {
    this.request = request;
    this.#chunks = request.chunks[Symbol.asyncIterator]();
  }

  get bytes(): Buffer {
    return this.#queue.bytes;
  }

  text(dialect: CsvText['dialect']): CsvText {
    const { name } = this.request;
    return { bytes: this.bytes, start: 0, dialect, name, hasMore: this.#hasMore, before: this.#before };
  }

  /** Reads on until there are so many bytes more, or all. */
  async fill(nBytes: number): Promise<void> {
    const wanted = this.bytes.length + nBytes;
    while (this.#hasMore && this.bytes.length < wanted) {
      const next = await this.#chunks.next();
      if (next.done) this.#hasMore = false;
      else this.#queue.add(next.value);
    }
  }

  /** The rows of the next batch, and their bytes. */
  async nextRows(dialect: CsvText['dialect']): Promise<{ nRows: number; nBytes: number }> {
    const { rows, bytes, slice } = this.request;
    const most =
      rows === undefined ? { rows: Number.POSITIVE_INFINITY, bytes } : { rows, bytes: Number.POSITIVE_INFINITY };
    let found = { nRows: 0, nBytes: 0 };
    if (this.bytes.length < bytes) await this.fill(bytes);
    for (;;) {
      const tokenizer = new CsvTokenizer({ ...this.text(dialect), start: found.nBytes });
      let { nRows } = found;
      while (nRows < most.rows && tokenizer.position < most.bytes && tokenizer.next(NO_CELLS, 0) > 0) {
        nRows += 1;
        if (nRows % ROWS_BETWEEN_PAUSES === 0 && slice.due()) await slice.pause();
      }
      found = { nRows, nBytes: tokenizer.position };
      const isEnough = rows === undefined ? nRows > 0 : nRows === rows;
      if (isEnough || !this.#hasMore) return found;
      await this.fill(bytes);
    }
  }

  take(nBytes: number): void {
    const { nLines, nBytes: before } = this.#before;
    this.#before = { nLines: nLines + lineNumber(this.bytes, nBytes) - 1, nBytes: before + nBytes };
    this.#queue.take(nBytes);
  }
}
