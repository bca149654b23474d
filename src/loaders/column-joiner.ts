// Joins the parts of one column, in the order of the rows, into the column as one thread would have made it.
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import type { ColumnPart } from './column-part.js';
import { grownArray } from './grown-array.js';
import { StringDictionary } from './string-dictionary.js';

/** Room past the rows that a column may keep: never touched, it takes no memory. */
const MAX_ROOM = 1.25;

type Values = Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Takes the parts of one type one after another. */
export class ColumnJoiner {
  private readonly dictionary: StringDictionary;
  private values: Values = new Int8Array(0);
  private type: ColumnPart['type'] = 'number';
  private nRows = 0;

  constructor(seed: number) {
    this.dictionary = new StringDictionary(seed);
  }

  get isString(): boolean {
    return this.type === 'string';
  }

  /** Adds the rows of a part; with the first, room is made for as many rows as are expected. */
  add(part: ColumnPart, expectedRows: number): void {
    const values = part.type === 'string' ? recoded(part.codes, this.dictionary.merge(part.dictionary)) : part.values;
    const nRows = this.nRows + values.length;
    if (this.nRows === 0) {
      this.type = part.type;
      this.values = emptyValues(part.type, Math.max(expectedRows, nRows));
    }
    this.values = grownArray(this.values, nRows);
    this.values.set(values, this.nRows);
    this.nRows = nRows;
  }

  /** The column of all rows, in short steps. */
  *finish(): Generator<undefined, Column> {
    const isClose = this.values.length <= MAX_ROOM * this.nRows;
    const values = isClose ? this.values.subarray(0, this.nRows) : this.values.slice(0, this.nRows);
    if (values instanceof Int32Array) return new DictionaryColumn(values, yield* this.dictionary.valueSteps());
    if (values instanceof Int8Array) return new BooleanColumn(values);
    return this.type === 'date' ? new DateColumn(values) : values;
  }
}

function emptyValues(type: ColumnPart['type'], nRows: number): Values {
  if (type === 'string') return new Int32Array(nRows);
  return type === 'boolean' ? new Int8Array(nRows) : new Float64Array(nRows);
}

/** Replaces codes in place by the ones given for them. */
function recoded(codes: Int32Array<ArrayBuffer>, to: Int32Array): Int32Array<ArrayBuffer> {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code >= 0) codes[row] = to[code] as number;
  }
  return codes;
}
