// Tables as chunks of plain data, from a loader's batches or cut from a table in memory.
import type { ColumnTable } from 'arquero';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { BooleanColumn } from '../table/boolean-column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import type { ColumnChunk, TableChunk } from './column-chunk.js';

/** Cells of a chunk that is cut from a table. */
const CHUNK_CELLS = 1_048_576;
const MAX_CHUNK_ROWS = 65_536;

/** The table in chunks of some rows; at least one, which may have none. */
export function* tableChunks(table: ColumnTable): Generator<TableChunk> {
  const plain = plainTable(table);
  const nRows = plain.numRows();
  const columns = plain.columnNames().map((name) => wholeColumn(plain, name));
  const rows = Math.max(1, Math.min(MAX_CHUNK_ROWS, Math.floor(CHUNK_CELLS / Math.max(1, columns.length))));
  for (let from = 0; from < Math.max(1, nRows); from += rows) {
    const to = Math.min(nRows, from + rows);
    const isWhole = from === 0 && to === nRows;
    yield { nRows: to - from, columns: isWhole ? columns : columns.map((column) => slice(column, from, to)) };
  }
}

function wholeColumn(table: ColumnTable, name: string): ColumnChunk {
  try {
    const column = readColumn(table, name);
    if (column instanceof DictionaryColumn) return { kind: 'string', codes: column.codes, values: column.values };
    if (column instanceof BooleanColumn) return { kind: 'boolean', codes: column.codes };
    if (column instanceof DateColumn) return { kind: 'datetime', values: column.epochMs };
    return { kind: 'number', values: column };
  } catch (error) {
    if (isTabwrightError(error) && error.code === 'COLUMN_INVALID') return unsupported(table, name);
    throw error;
  }
}

/** Which cells are there, of a column of kinds the library has none for. */
function unsupported(table: ColumnTable, name: string): ColumnChunk {
  const cells = Array.from(table.array(name) as Iterable<unknown>);
  const codes = Int8Array.from(cells, (cell) => (cell === null || cell === undefined || Number.isNaN(cell) ? -1 : 1));
  return { kind: 'other', codes };
}

/** Copies, so that a message to a thread holds these rows alone. */
function slice(chunk: ColumnChunk, from: number, to: number): ColumnChunk {
  return 'values' in chunk && chunk.kind !== 'string'
    ? { kind: chunk.kind, values: chunk.values.slice(from, to) }
    : ({ ...chunk, codes: chunk.codes.slice(from, to) } as ColumnChunk);
}
