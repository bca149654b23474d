// The first rows of a CSV text that is not all at hand: delimiter, column names, and the types that the columns seem to have.
import type { FieldType } from '../../core/feature-spec.js';
import { checkUtf8 } from '../check-utf8.js';
import { CellBlock } from './cell-block.js';
import { columnKinds } from './cells/column-kinds.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer, INCOMPLETE } from './csv-tokenizer.js';
import { detectDelimiter } from './detect-delimiter.js';
import { tooLong } from './head-too-long.js';
import type { WantedColumn } from './kernel/read-text.js';
import { readHeader } from './read-header.js';

const SAMPLE_CELLS = 16_384;
const MIN_SAMPLE_ROWS = 64;

/** What the first rows tell. */
export interface CsvHead {
  readonly names: readonly string[];
  /** ASCII code. */
  readonly delimiter: number;
  /** For each column the position, among the types it may have, of the first one that takes all cells of the sample. */
  readonly kinds: readonly number[];
  /** Offset of the first data row. */
  readonly end: number;
}

/**
 * Reads the head of a text.
 * @throws what {@link readHeader} throws; DATA_TOO_LARGE where the bytes at hand are too few for it
 */
export function readCsvHead(source: CsvText, declared: (name: string) => FieldType | undefined): CsvHead {
  const { bytes, dialect, hasMore } = source;
  const marked = { ...source, start: bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0 };
  const delimiter = dialect.detectsDelimiter ? detectDelimiter(marked) : dialect.delimiter;
  const text = { ...marked, dialect: { ...dialect, delimiter } };
  const { names, end } = readHeader(text);
  checkUtf8(bytes.subarray(0, end), source.name);
  const { block, isWhole } = sample({ ...text, start: end }, names.length);
  if (block.nRows === 0 && (hasMore || !isWhole)) throw tooLong(source);
  return {
    names,
    delimiter,
    end,
    kinds: names.map((name, index) => firstFitting(text, block, index, declared(name))),
  };
}

/** Columns to be read as the first of their types that takes all cells of the first rows from `text.start` on, or a later one. */
export function sampledColumns(text: CsvText, declared: readonly (FieldType | undefined)[]): WantedColumn[] {
  const { block } = sample(text, declared.length);
  return declared.map((type, index) => {
    return { declared: type, kind: firstFitting(text, block, index, type), lastKind: columnKinds(type).length - 1 };
  });
}

/** The first rows up to one that is not whole, or not of the right length. */
function sample(text: CsvText, nColumns: number): { block: CellBlock; isWhole: boolean } {
  const tokenizer = new CsvTokenizer(text);
  const block = new CellBlock(nColumns, Math.max(MIN_SAMPLE_ROWS, Math.ceil(SAMPLE_CELLS / nColumns)));
  while (block.nRows < block.capacity) {
    const nCells = tokenizer.next(block, block.nRows);
    if (nCells === INCOMPLETE) return { block, isWhole: false };
    if (nCells !== nColumns) break;
    block.nRows += 1;
  }
  return { block, isWhole: true };
}

function firstFitting(text: CsvText, block: CellBlock, index: number, declared: FieldType | undefined): number {
  return columnKinds(declared).findIndex((kind) => kind.builder(text, block.nRows).append(block, index));
}
