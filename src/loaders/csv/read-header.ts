import { TabwrightError } from '../../core/tabwright-error.js';
import { CellBlock, ESCAPED } from './cell-block.js';
import { Unescaper } from './cells/unescaper.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer, INCOMPLETE } from './csv-tokenizer.js';
import { tooLong } from './head-too-long.js';
import { isNumberLike } from './is-number-like.js';

const MAX_COLUMNS = 100_000;
const NO_CELLS = new CellBlock(0, 0);

/** The columns of a CSV text. */
export interface CsvHeader {
  readonly names: readonly string[];
  /** Offset of the first data row. */
  readonly end: number;
}

/**
 * The column names: those in the first row, or column_1, column_2 and so on where the dialect has no header. A column with no
 * name there is called by its position too.
 * @throws DATA_EMPTY where there is no row at all; COLUMN_INVALID for duplicate names; DATA_TOO_LARGE for too many columns
 */
export function readHeader(text: CsvText): CsvHeader {
  const nColumns = new CsvTokenizer(text).next(NO_CELLS, 0);
  if (nColumns === INCOMPLETE) throw tooLong(text);
  if (nColumns === 0) throw new TabwrightError('DATA_EMPTY', `${text.name}: the file is empty`);
  if (nColumns > MAX_COLUMNS) {
    throw new TabwrightError(
      'DATA_TOO_LARGE',
      `${text.name}: at most ${MAX_COLUMNS} columns are read, got ${nColumns}`,
    );
  }
  const positions = Array.from({ length: nColumns }, (_, column) => `column_${column + 1}`);
  if (!text.dialect.header) return { names: positions, end: text.start };
  const cells = new CellBlock(nColumns, 1);
  const tokenizer = new CsvTokenizer(text);
  tokenizer.next(cells, 0);
  const names = positions.map((position, column) => cellText(text, cells, column) || position);
  const end = tokenizer.position;
  // Where the next row has another length, that is the mistake to report, and whoever reads the rows does so.
  const next = tokenizer.next(NO_CELLS, 0);
  if (next === INCOMPLETE) throw tooLong(text);
  if ([0, nColumns].includes(next)) checkUnique(text.name, names);
  return { names, end };
}

function cellText({ bytes, dialect }: CsvText, cells: CellBlock, column: number): string {
  const start = cells.bounds[2 * column] as number;
  const end = cells.bounds[2 * column + 1] as number;
  if (cells.marks[column] !== ESCAPED) return bytes.toString('utf8', start, end);
  const unescaper = new Unescaper(dialect.quote);
  const length = unescaper.read(bytes, start, end);
  return Buffer.from(unescaper.bytes.subarray(0, length)).toString('utf8');
}

function checkUnique(owner: string, names: readonly string[]): void {
  const positions = new Map<string, number>();
  names.forEach((name, column) => {
    const before = positions.get(name);
    if (before !== undefined) {
      const where = `column names must differ, but columns ${before + 1} and ${column + 1} are both called`;
      const called = isNumberLike(name) ? 'a number; is there a header (option header)?' : JSON.stringify(name);
      throw new TabwrightError('COLUMN_INVALID', `${owner}: ${where} ${called}`);
    }
    positions.set(name, column);
  });
}
