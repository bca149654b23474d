// The keys of rows, from a column or by a function, as places that say to which shares they belong.
import type { ColumnTable } from 'arquero';
import { readColumn } from '../table/read-column.js';
import { keyPlace } from './key-place.js';

/** A column, or what makes a key of a row: undefined and null stand for no key. */
export type RowKey<Row> = string | ((row: Row) => string | number | null | undefined);

/** Places of rows' keys in [0, 1); NaN, which is in no share, where there is none. */
export interface RowKeys<Row> {
  place(row: Row): number;
  placesOfRows(rows: readonly Row[]): Float64Array;
  placesOfTable(table: ColumnTable): Float64Array;
}

/** Reads keys. A row that is no object has none: it is for the model to refuse. */
export function rowKeys<Row>(key: RowKey<Row>, salt: string): RowKeys<Row> {
  const keyOf = typeof key === 'function' ? key : (row: Row) => (row as Readonly<Record<string, unknown>>)[key];

  function placeOfKey(value: unknown): number {
    const isKey = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
    return isKey ? keyPlace(`${salt}${value}`) : Number.NaN;
  }

  const place = (row: Row) => (typeof row === 'object' && row !== null ? placeOfKey(keyOf(row)) : Number.NaN);

  return {
    place,
    placesOfRows: (rows) => Float64Array.from(rows, place),
    placesOfTable(table) {
      if (typeof key === 'function') return Float64Array.from(table.objects() as Row[], place);
      if (!table.columnNames().includes(key)) return new Float64Array(table.numRows()).fill(Number.NaN);
      const column = readColumn(table, key);
      const at = column instanceof Float64Array ? (i: number) => column[i] : (i: number) => column.at(i);
      return Float64Array.from({ length: table.numRows() }, (_, i) => placeOfKey(at(i)));
    },
  };
}
