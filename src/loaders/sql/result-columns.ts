// Cells of a database's result into typed columns; every table made has the same types.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../../core/feature-spec.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { TimeSlice } from '../../core/time-slice.js';
import { valueKind } from '../../core/value-kind.js';
import type { Column } from '../../table/column.js';
import { makeTable } from '../../table/make-table.js';
import { isInteger } from '../exact-number.js';
import { GrowingColumn } from './growing-column.js';
import { cellType, sqlCell } from './sql-cell.js';
import type { SqlField } from './sql-client.js';
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
/** Some rows of a result. */
export interface ResultPiece {
  readonly fields: readonly SqlField[];
  readonly nRows: number;
  /** A number, bigint, string, boolean or Date; null or undefined is missing. */
  cell(row: number, column: number): unknown;
}

/** Collects rows and makes tables of them. */
export class ResultColumns {
  readonly #owner: string;
  readonly #declared: Readonly<Record<string, FieldType>>;
  readonly #slice: TimeSlice;
  #columns: readonly ResultColumn[] | undefined;
  #nRows = 0;
  #nDone = 0;

  /** @param owner first word of messages: "sql" */
  constructor(owner: string, declared: Readonly<Record<string, FieldType>>, slice: TimeSlice) {
    this.#owner = owner;
    this.#declared = declared;
    this.#slice = slice;
  }

  /** Rows collected for the next table. */
  get nRows(): number {
    return this.#nRows;
  }

  /** Adds rows [from, to) of a piece. @throws COLUMN_INVALID for a cell that does not fit its column */
  async add(piece: ResultPiece, from: number, to: number): Promise<void> {
    this.#columns ??= piece.fields.map(
      (field) => new ResultColumn(this.#owner, field.name, columnType(this.#declared, field)),
    );
    for (let start = from; start < to; start += ROWS_BETWEEN_PAUSES) {
      const end = Math.min(to, start + ROWS_BETWEEN_PAUSES);
      for (const [index, column] of this.#columns.entries()) {
        for (let row = start; row < end; row++) column.add(piece.cell(row, index), this.#nDone + row - from);
      }
      if (this.#slice.due()) await this.#slice.pause();
    }
    this.#nRows += to - from;
    this.#nDone += to - from;
  }

  /** The table of the rows collected since the last one. @throws COLUMN_INVALID for two columns of one name */
  take(): ColumnTable {
    this.#nRows = 0;
    return makeTable((this.#columns ?? []).map((column) => [column.name, column.take()] as const));
  }
}

/** What is known of a column's type: what the caller declares, else what the driver tells. */
interface KnownType {
  readonly type: ValueType | undefined;
  readonly isDeclared: boolean;
}

function columnType(declared: Readonly<Record<string, FieldType>>, { name, type, dataTypeID }: SqlField): KnownType {
  if (Object.hasOwn(declared, name)) return { type: valueType(declared[name] as FieldType), isDeclared: true };
  if (type !== undefined) return { type: valueType(type), isDeclared: false };
  const told = dataTypeID === undefined ? undefined : (POSTGRES_TYPES.get(dataTypeID) ?? 'string');
  return { type: told, isDeclared: false };
}

/** One column; as long as its type is not known, all its cells are missing. */
class ResultColumn {
  readonly name: string;
  readonly #owner: string;
  readonly #isDeclared: boolean;
  #type: ValueType | undefined;
  #cells: GrowingColumn | undefined;
  #nMissing = 0;

  constructor(owner: string, name: string, { type, isDeclared }: KnownType) {
    this.#owner = owner;
    this.name = name;
    this.#type = type;
    this.#isDeclared = isDeclared;
  }

  /** @param row position in the whole result, from 0 */
  add(cell: unknown, row: number): void {
    if (cell !== null && cell !== undefined) this.#addCell(cell, row);
    else if (this.#cells === undefined) this.#nMissing += 1;
    else this.#cells.push(Number.NaN);
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
    const value = this.#type === undefined ? undefined : sqlCell(cell, this.#type, this.#isDeclared);
    if (value === undefined) throw this.#misfit(cell, row);
    const cells = this.#open(this.#type as ValueType);
    if (typeof value === 'string') cells.pushString(value);
    else cells.push(value);
  }

  #open(type: ValueType): GrowingColumn {
    if (this.#cells !== undefined) return this.#cells;
    this.#cells = new GrowingColumn(type);
    for (; this.#nMissing > 0; this.#nMissing--) this.#cells.push(Number.NaN);
    return this.#cells;
  }

  #misfit(cell: unknown, row: number): TabwrightError {
    const isLong = this.#type === 'number' && isInteger(cell);
    const what = isLong
      ? 'an integer past 2^53 that a double does not hold'
      : `a cell (${valueKind(cell)}) that does not fit`;
    const advice = isLong
      ? 'declare it a string to keep its digits, or a number to round it'
      : 'declare its type, string takes any, or cast it in the query';
    return new TabwrightError(
      'COLUMN_INVALID',
      `${this.#owner}: column ${this.name} has ${what} in row ${row + 1}; ${advice}`,
    );
  }
}
