// Any column of any arquero table as one of the library's typed columns.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import { BooleanColumn } from './boolean-column.js';
import type { Column } from './column.js';
import { DateColumn } from './date-column.js';
import { DictionaryColumn } from './dictionary-column.js';

interface ColumnLike {
  readonly length: number;
  at(row: number): unknown;
}

/**
 * A column in typed form: the library's own columns by reference, others converted. A column with no value at all is numeric.
 * The table must be plain: {@link plainTable}.
 * @throws COLUMN_MISSING
 * @throws COLUMN_INVALID where cells are of several kinds, or of none the library has
 */
export function readColumn(table: ColumnTable, name: string): Column {
  // Asked by name alone, arquero answers "constructor" with what every object inherits.
  const column = table.columnIndex(name) < 0 ? undefined : (table.column(name) as ColumnLike | undefined);
  if (column === undefined) throw new TabwrightError('COLUMN_MISSING', `column ${name} is not in the table`);
  if (column instanceof Float64Array) return column;
  if (column instanceof DictionaryColumn || column instanceof BooleanColumn || column instanceof DateColumn)
    return column;
  if (ArrayBuffer.isView(column)) return Float64Array.from(column as unknown as ArrayLike<number>, Number);
  return convert(name, column);
}

function convert(name: string, column: ColumnLike): Column {
  switch (kindOf(name, column)) {
    case 'string':
      return dictionary(column);
    case 'boolean':
      return new BooleanColumn(Int8Array.from(cells(column), (cell) => (isMissing(cell) ? -1 : Number(cell))));
    case 'date':
      return new DateColumn(Float64Array.from(cells(column), (cell) => (isMissing(cell) ? Number.NaN : Number(cell))));
    default:
      return Float64Array.from(cells(column), (cell) => (isMissing(cell) ? Number.NaN : Number(cell)));
  }
}

function kindOf(name: string, column: ColumnLike): string {
  let kind = '';
  let row = -1;
  for (const cell of cells(column)) {
    row += 1;
    if (isMissing(cell)) continue;
    const found = typeof cell === 'bigint' || typeof cell === 'number' ? 'number' : valueKind(cell);
    if (kind === '') kind = found;
    if (found !== kind || !['number', 'string', 'boolean', 'date'].includes(found)) {
      const rule =
        kind === found ? 'must hold numbers, strings, booleans or dates' : `must hold one kind of value (${kind})`;
      throw new TabwrightError('COLUMN_INVALID', `column ${name} ${rule}, got ${found} in row ${row}`);
    }
  }
  return kind;
}

function dictionary(column: ColumnLike): DictionaryColumn {
  const positions = new Map<string, number>();
  const codes = new Int32Array(column.length);
  let row = 0;
  for (const cell of cells(column)) {
    codes[row++] = isMissing(cell) ? -1 : position(positions, cell as string);
  }
  return new DictionaryColumn(codes, [...positions.keys()]);
}

function position(positions: Map<string, number>, value: string): number {
  let found = positions.get(value);
  if (found === undefined) {
    found = positions.size;
    positions.set(value, found);
  }
  return found;
}

function* cells(column: ColumnLike): Generator<unknown> {
  for (let row = 0; row < column.length; row++) yield column.at(row);
}

function isMissing(cell: unknown): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell);
}
