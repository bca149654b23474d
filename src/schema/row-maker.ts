// A table's row as the plain object a client would send.
import type { ColumnTable } from 'arquero';
import type { FeatureSpec } from '../core/feature-spec.js';

/** A row as JSON can hold it. */
export type PlainRow = Readonly<Record<string, string | number | boolean | null>>;

/** Makes rows of a conformed table: missing is null, dates are ISO strings. Returns the maker, by row position. */
export function rowMaker(table: ColumnTable, spec: FeatureSpec): (row: number) => PlainRow {
  const columns = spec.fields.map((field) => [field.name, table.column(field.name)] as const);
  return (row) => Object.fromEntries(columns.map(([name, column]) => [name, plain(column?.at(row))]));
}

function plain(cell: unknown): string | number | boolean | null {
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'string' || typeof cell === 'boolean') return cell;
  return typeof cell === 'number' && !Number.isNaN(cell) ? cell : null;
}
