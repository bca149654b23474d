// Rows of a database result into typed columns; every table made has the same types.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import { valueKind } from '../core/value-kind.js';
import type { Column } from '../table/column.js';
import { makeTable } from '../table/make-table.js';
import { GrowingColumn } from './growing-column.js';
import { cellType, sqlCell } from './sql-cell.js';
import type { SqlField, SqlRows } from './sql-client.js';
import { type ValueType, valueType } from './value-type.js';

const ROWS_BETWEEN_PAUSES = 2048;

/** PostgreSQL's types that are no strings, by number (pg_type.dat). */
const POSTGRES_TYPES: ReadonlyMap<number, ValueType> = new Map([
  [16, 'boolean'],
  [20, 'number'], // bigint
  [21, 'number'], // smallint
  [23, 'number'], // integer
  [26, 'number'], // oid
  [700, 'number'], // real
  [701, 'number'], // double precision
  [1700, 'number'], // numeric
  [1082, 'datetime'], // date
  [1114, 'datetime'], // timestamp
  [1184, 'datetime'], // timestamp with time zone
]);
/** Collects rows and makes tables of them. */
export class SqlColumns {
  readonly #declared: Readonly<Record<string, FieldType>>;
  readonly #slice: TimeSlice;
  #columns: readonly SqlColumn[] | undefined;
  #nRows = 0;
  #nDone = 0;

  constructor(declared: Readonly<Record<string, FieldType>>, slice: TimeSlice) {
    this.#declared = declared;
    this.#slice = slice;
  }

  /** Rows collected for the next table. */
  get nRows(): number {
    return this.#nRows;
  }

  /** @throws COLUMN_INVALID for a cell that does not fit its column, with its row in the whole result */
  async add({ fields, rows }: SqlRows): Promise<void> {
    this.#columns ??= fields.map((field) => new SqlColumn(field, declaredType(this.#declared, field)));
    for (let from = 0; from < rows.length; from += ROWS_BETWEEN_PAUSES) {
      const block = rows.slice(from, from + ROWS_BETWEEN_PAUSES);
      for (const [index, column] of this.#columns.entries()) column.add(block, index, this.#nDone + from);
      if (this.#slice.due()) await this.#slice.pause();
    }
    this.#nRows += rows.length;
    this.#nDone += rows.length;
  }

  /** The table of the rows collected since the last one. @throws COLUMN_INVALID for two columns of one name */
  take(): ColumnTable {
    this.#nRows = 0;
    return makeTable((this.#columns ?? []).map((column) => [column.name, column.take()] as const));
  }
}

function declaredType(declared: Readonly<Record<string, FieldType>>, { name, type, dataTypeID }: SqlField) {
  if (Object.hasOwn(declared, name)) return valueType(declared[name] as FieldType);
  if (type !== undefined) return valueType(type);
  return dataTypeID === undefined ? undefined : (POSTGRES_TYPES.get(dataTypeID) ?? 'string');
}

/** One column; as long as its type is not known, all its cells are null. */
class SqlColumn {
  readonly name: string;
  #type: ValueType | undefined;
  #cells: GrowingColumn | undefined;
  #nNulls = 0;

  constructor({ name }: SqlField, type: ValueType | undefined) {
    this.name = name;
    this.#type = type;
  }

  add(rows: readonly (readonly unknown[])[], index: number, before: number): void {
    for (const [row, cells] of rows.entries()) {
      const cell = cells[index];
      if (cell !== null && cell !== undefined) this.#addCell(cell, before + row + 1);
      else if (this.#cells === undefined) this.#nNulls += 1;
      else this.#cells.push(Number.NaN);
    }
  }

  /** The cells since the last one; numbers where none of them had a type, which it then keeps. */
  take(): Column {
    this.#type ??= 'number';
    const cells = this.#open(this.#type);
    this.#cells = undefined;
    return cells.finish();
  }

  #addCell(cell: unknown, row: number): void {
    this.#type ??= cellType(cell);
    const value = this.#type === undefined ? undefined : sqlCell(cell, this.#type);
    if (value === undefined) throw this.#misfit(cell, row);
    const cells = this.#open(this.#type as ValueType);
    if (typeof value === 'string') cells.pushString(value);
    else cells.push(value);
  }

  #open(type: ValueType): GrowingColumn {
    if (this.#cells !== undefined) return this.#cells;
    this.#cells = new GrowingColumn(type);
    for (; this.#nNulls > 0; this.#nNulls--) this.#cells.push(Number.NaN);
    return this.#cells;
  }

  #misfit(cell: unknown, row: number): TabwrightError {
    const isInteger = this.#type === 'number' && (typeof cell === 'bigint' || /^[+-]?\d+$/.test(String(cell)));
    const what = isInteger ? 'an integer too long for a number' : `a cell (${valueKind(cell)}) that does not fit`;
    const advice = 'declare its type, string takes any, or cast it in the query';
    return new TabwrightError('COLUMN_INVALID', `sql: column ${this.name} has ${what} in row ${row}; ${advice}`);
  }
}
