import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../../core/tabwright-error.js';
import { readColumn } from '../../table/read-column.js';
import type { CsvBlock } from './csv-blocks.js';
import { csvCells, stringCell } from './csv-cells.js';

const LF = 0x0a;
const PIECE_BYTES = 1_048_576;

/** The rows of a block as they stand, each with the cells of a table's row after it, as CSV in the block's own dialect. */
export function* appendedLines(block: CsvBlock, table: ColumnTable, header: boolean): Generator<Uint8Array> {
  const { delimiter } = block;
  const format = { delimiter, missing: '', safeForSpreadsheets: false };
  const names = table.columnNames();
  const cells = names.map((name) => csvCells(readColumn(table, name), format));
  if (header) {
    const all = [...block.table.columnNames(), ...names];
    yield Buffer.from(`${all.map((name) => stringCell(name, format)).join(delimiter)}\n`);
  }
  let row = 0;
  let piece = Buffer.allocUnsafe(2 * PIECE_BYTES);
  let end = 0;
  for (const line of block.lines()) {
    const added = cells.map((cell) => `${delimiter}${cell(row)}`).join('');
    const needed = end + line.length + 3 * added.length + 1;
    if (needed > piece.length) {
      yield piece.subarray(0, end);
      piece = Buffer.allocUnsafe(Math.max(2 * PIECE_BYTES, needed - end));
      end = 0;
    }
    piece.set(line, end);
    end += line.length;
    end += piece.write(added, end);
    piece[end++] = LF;
    row += 1;
  }
  if (row !== table.numRows()) throw new TabwrightError('INTERNAL', 'csv: lines and rows differ in number');
  yield piece.subarray(0, end);
}
