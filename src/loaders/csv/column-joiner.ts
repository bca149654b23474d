// Joins the parts of one column, in the order of the rows, into the column as one thread would have made it.
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { StringPool } from '../../table/string-pool.js';
import { grownArray } from '../grown-array.js';
import type { PiecePart } from './csv-piece.js';
import { csvKernel } from './kernel/csv-kernel.js';
import { KernelDictionary } from './kernel/kernel-dictionary.js';
import type { KernelMemory } from './kernel/kernel-memory.js';

/** Room past the rows that a column may keep: never touched, it takes no memory. */
const MAX_ROOM = 1.25;

type Values = Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Takes the parts of one type one after another. */
export class ColumnJoiner {
  /** Where strings are gathered. */
  private readonly memory: KernelMemory;
  private dictionary: KernelDictionary | undefined;
  private values: Values = new Int8Array(0);
  private type: PiecePart['type'] = 'number';
  private nRows = 0;

  constructor(memory: KernelMemory) {
    this.memory = memory;
  }

  /** Adds the rows of a part; with the first, room is made for as many rows as are expected. */
  add(part: PiecePart, expectedRows: number): void {
    const cells = part.type === 'string' ? part.codes : part.values;
    const nRows = this.nRows + cells.length;
    if (this.nRows === 0) {
      this.type = part.type;
      this.values = emptyValues(part.type, Math.max(expectedRows, nRows));
    }
    this.values = grownArray(this.values, nRows);
    if (part.type === 'string') this.addCodes(part);
    else this.values.set(cells, this.nRows);
    this.nRows = nRows;
  }

  /** The column of all rows. */
  finish(): Column {
    const isClose = this.values.length <= MAX_ROOM * this.nRows;
    const values = isClose ? this.values.subarray(0, this.nRows) : this.values.slice(0, this.nRows);
    if (values instanceof Int32Array) return new DictionaryColumn(values, this.strings());
    if (values instanceof Int8Array) return new BooleanColumn(values);
    return this.type === 'date' ? new DateColumn(values) : values;
  }

  /** Adds the codes that a piece's own have among all strings. */
  private addCodes({ codes, dictionary }: Extract<PiecePart, { type: 'string' }>): void {
    // Hashes are the caller's.
    this.dictionary ??= new KernelDictionary(csvKernel(this.memory.memory), this.memory, 0);
    const to = this.dictionary.merge(dictionary);
    const { values, nRows } = this;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      values[nRows + row] = code < 0 ? code : (to[code] as number);
    }
  }

  /** The strings in arrays of their own. */
  private strings(): StringPool {
    if (this.dictionary === undefined) throw new Error('there are no strings before the first part');
    const { size, ends, pool } = this.dictionary.entries();
    return new StringPool(size, ends.slice(), pool.slice());
  }
}

function emptyValues(type: PiecePart['type'], nRows: number): Values {
  if (type === 'string') return new Int32Array(nRows);
  return type === 'boolean' ? new Int8Array(nRows) : new Float64Array(nRows);
}
