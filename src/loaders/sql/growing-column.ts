// A column that is made cell by cell, for sources that give values, not text.
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { grownArray } from '../grown-array.js';
import type { ValueType } from './value-type.js';

/** Takes the cells of one column in order. */
export class GrowingColumn {
  readonly type: ValueType;
  #nRows = 0;
  /** Numbers, instants, 1 and 0, or codes of strings; NaN is missing. */
  #values: Float64Array;
  readonly #codes = new Map<string, number>();

  constructor(type: ValueType, expectedRows = 1024) {
    this.type = type;
    this.#values = new Float64Array(expectedRows);
  }

  /** A number, epoch milliseconds, or 1 and 0 for a boolean; NaN is missing, in any column. */
  push(value: number): void {
    if (this.#nRows === this.#values.length) this.#values = grownArray(this.#values, this.#nRows + 1);
    this.#values[this.#nRows++] = value;
  }

  /** A cell of a column of strings. */
  pushString(text: string): void {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(text, code);
    }
    this.push(code);
  }

  /** The column of the cells so far. */
  finish(): Column {
    const values = this.#values.slice(0, this.#nRows);
    if (this.type === 'number') return values;
    if (this.type === 'datetime') return new DateColumn(values);
    const code = (value: number) => (Number.isNaN(value) ? -1 : value);
    if (this.type === 'boolean') return new BooleanColumn(Int8Array.from(values, code));
    return new DictionaryColumn(Int32Array.from(values, code), [...this.#codes.keys()]);
  }
}
