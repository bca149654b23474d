// One column that is made of JSON values: its type is the narrowest that all of them fit, as in CSV.
import type { FieldType } from '../../core/feature-spec.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { parseDateTime } from '../date-time-parser.js';
import { grownArray } from '../grown-array.js';

/** What a column holds. */
export type JsonColumnType = 'number' | 'boolean' | 'date' | 'string';

/** A value of a cell in JSON's own terms. */
export type Scalar = number | boolean | string;

/** What a column without a value is. */
const TYPES: Readonly<Record<FieldType, JsonColumnType>> = {
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  datetime: 'date',
  string: 'string',
};

/** Takes the values of one column, by row, in order. */
export class JsonColumn {
  readonly #declared: FieldType | undefined;
  readonly #fixed: JsonColumnType | undefined;
  #type: JsonColumnType | undefined;
  /** Numbers, 1 and 0, instants, or codes of strings; NaN is missing. */
  #values = new Float64Array(8);
  /** The first row that has a value: the rows before take no memory. */
  #firstRow = 0;
  /** Values from the first row on. */
  #length = 0;
  readonly #codes = new Map<string, number>();

  /** @param fixed the type that values must have, where it was decided before */
  constructor(declared: FieldType | undefined, fixed: JsonColumnType | undefined) {
    this.#declared = declared;
    this.#fixed = fixed;
    this.#type = fixed;
  }

  /**
   * Sets the value of a row; those between it and the last one are missing.
   * @returns false where the value does not fit a type that was decided before
   */
  set(row: number, value: Scalar): boolean {
    const stored = this.#stored(value);
    if (Number.isNaN(stored)) return false;
    if (this.#length === 0) this.#firstRow = row;
    const at = row - this.#firstRow;
    this.#values = grownArray(this.#values, at + 1);
    this.#values.fill(Number.NaN, this.#length, at);
    this.#values[at] = stored;
    this.#length = at + 1;
    return true;
  }

  /** The column with `nRows` cells. */
  finish(nRows: number): { readonly type: JsonColumnType; readonly column: Column } {
    const values = new Float64Array(nRows).fill(Number.NaN);
    values.set(this.#values.subarray(0, this.#length), this.#firstRow);
    const type = this.#type ?? (this.#declared === undefined ? 'number' : TYPES[this.#declared]);
    if (type === 'string') return this.#strings(values);
    if (type === 'date') return { type, column: new DateColumn(values) };
    if (type === 'number') return { type, column: values };
    const codes = Int8Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
    return { type, column: new BooleanColumn(codes) };
  }

  /** What stands for a value, NaN where it does not fit. */
  #stored(value: Scalar): number {
    if (this.#fixed === 'date') return typeof value === 'string' ? instant(value) : Number.NaN;
    const type = this.#declared === 'string' ? 'string' : (typeof value as 'number' | 'boolean' | 'string');
    this.#type ??= type;
    if (type !== this.#type && this.#fixed === undefined) this.#toStrings();
    if (this.#type === 'string') return this.#code(String(value));
    return type === this.#type ? Number(value) : Number.NaN;
  }

  #code(text: string): number {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(text, code);
    }
    return code;
  }

  /** Values of several types are text. */
  #toStrings(): void {
    if (this.#type === 'string') return;
    const text = this.#type === 'boolean' ? (value: number) => String(value === 1) : String;
    for (let at = 0; at < this.#length; at++) {
      const value = this.#values[at] as number;
      if (!Number.isNaN(value)) this.#values[at] = this.#code(text(value));
    }
    this.#type = 'string';
  }

  #strings(values: Float64Array): { readonly type: JsonColumnType; readonly column: Column } {
    const texts = [...this.#codes.keys()];
    if (
      texts.length > 0 &&
      this.#fixed === undefined &&
      this.#declared !== 'string' &&
      texts.every((text) => !Number.isNaN(instant(text)))
    ) {
      const instants = texts.map(instant);
      return { type: 'date', column: new DateColumn(values.map((code) => instants[code] ?? Number.NaN)) };
    }
    const codes = Int32Array.from(values, (code) => (Number.isNaN(code) ? -1 : code));
    return { type: 'string', column: new DictionaryColumn(codes, texts) };
  }
}

function instant(text: string): number {
  // Longer than any date-time worth reading; keeps large texts from being copied.
  if (text.length < 10 || text.length > 64) return Number.NaN;
  const bytes = Buffer.from(text);
  return parseDateTime(bytes, 0, bytes.length);
}
