// Reads all rows of a CSV text into typed columns: block after block of cell positions, each handed to one builder a column.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Column } from '../../table/column.js';
import { textLine } from '../line-number.js';
import { CellBlock } from './cell-block.js';
import type { ColumnBuilder } from './cells/column-builder.js';
import type { ColumnKind } from './cells/column-kinds.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer } from './csv-tokenizer.js';
import { RaggedRows } from './ragged-rows.js';

/** Cells of a block: few enough to stay in the processor's cache, and at least 64 rows. */
const BLOCK_CELLS = 32_768;
const MIN_BLOCK_ROWS = 64;
/** Room for more rows is made when they come: the first ones may be much shorter than the rest. */
const MAX_EXPECTED_ROWS = 2 ** 22;

/** A column being read, with the types that may still be its own. */
interface OpenColumn {
  readonly index: number;
  kinds: readonly ColumnKind[];
  /** Absent before the first block of a pass and after a cell that did not fit. */
  builder: ColumnBuilder | undefined;
}

/**
 * The columns of the rows from `text.start` on. A column's type is the first of its kinds that takes every cell: where one
 * proves wrong far down, the rows are read once more for that column. Yields the offset reached, for progress and pauses.
 * @throws DATA_EMPTY, CSV_MALFORMED, DATA_TOO_LARGE; COLUMN_INVALID where no kind takes every cell
 */
export function* readColumns(
  text: CsvText,
  kinds: readonly (readonly ColumnKind[])[],
  names: readonly string[],
): Generator<number, Column[]> {
  const columns = new Array<Column>(kinds.length);
  let open = kinds.map((own, index): OpenColumn => ({ index, kinds: own, builder: undefined }));
  while (open.length > 0) {
    yield* readOnce(text, open, names);
    for (const { index, builder } of open) {
      if (builder !== undefined) columns[index] = builder.finish();
      yield text.bytes.length;
    }
    open = open.filter(({ builder }) => builder === undefined);
    for (const { index, kinds: left } of open) if (left.length === 0) throw misfit(text, names[index] as string);
  }
  return columns;
}

function misfit(text: CsvText, name: string): TabwrightError {
  const lines = `lines ${textLine(text, text.start)} to ${textLine(text, text.bytes.length - 1)}`;
  const what = `has a cell in ${lines} that does not fit the type of the rows before`;
  return new TabwrightError('COLUMN_INVALID', `${text.name}: column ${name} ${what}; declare its type`, {
    problems: [{ column: name, rule: 'must fit the type of the rows before', kind: 'string', count: 1, rows: [] }],
  });
}

function* readOnce(text: CsvText, open: readonly OpenColumn[], names: readonly string[]): Generator<number, void> {
  const nColumns = names.length;
  const tokenizer = new CsvTokenizer(text);
  const ragged = new RaggedRows(text, names);
  const block = new CellBlock(nColumns, Math.max(MIN_BLOCK_ROWS, Math.floor(BLOCK_CELLS / nColumns)));
  if (!fillBlock(block, tokenizer, ragged)) {
    ragged.check(false);
    throw new TabwrightError('DATA_EMPTY', `${text.name}: there is a header but no rows`);
  }
  const expectedRows = estimatedRows(text, block, tokenizer.position);
  for (const column of open) {
    begin(column, block, text, expectedRows);
    yield tokenizer.position;
  }
  while (fillBlock(block, tokenizer, ragged)) {
    for (const column of open) if (column.builder !== undefined) proceed(column, block, text);
    yield tokenizer.position;
  }
  ragged.check(true);
}

/** Fills the block with the next rows; false where none is left. */
function fillBlock(block: CellBlock, tokenizer: CsvTokenizer, ragged: RaggedRows): boolean {
  block.nRows = 0;
  while (block.nRows < block.capacity) {
    const nCells = tokenizer.next(block, block.nRows);
    if (nCells === 0) break;
    if (nCells === block.nColumns) block.nRows += 1;
    else ragged.add(tokenizer.rowStart, nCells);
  }
  return block.nRows > 0;
}

/** Rows of the whole text where all are as long as those of the first block, and a few more. */
function estimatedRows(text: CsvText, block: CellBlock, position: number): number {
  const perByte = block.nRows / (position - text.start);
  return Math.min(MAX_EXPECTED_ROWS, Math.ceil(perByte * (text.bytes.length - text.start) * 1.02));
}

/** Starts the column as the first of its kinds that takes the first block. */
function begin(column: OpenColumn, block: CellBlock, text: CsvText, expectedRows: number): void {
  column.kinds = fitting(column.kinds, block, text, column.index);
  column.builder = column.kinds[0]?.builder(text, expectedRows);
  column.builder?.append(block, column.index);
}

/** Appends a block, or gives up the column's kind. */
function proceed(column: OpenColumn, block: CellBlock, text: CsvText): void {
  if (column.builder?.append(block, column.index)) return;
  column.builder = undefined;
  column.kinds = fitting(column.kinds.slice(1), block, text, column.index);
}

function fitting(kinds: readonly ColumnKind[], block: CellBlock, text: CsvText, index: number): readonly ColumnKind[] {
  return kinds.filter((kind) => kind.builder(text, block.nRows).append(block, index));
}
