// String columns as codes into distinct values: what the CSV parser makes and the encoders read, seen by arquero as a plain column.
import { StringPool } from './string-pool.js';

/** More strings than these are made from a pool's bytes only when they are asked for. */
const MAX_EAGER = 4096;

/** A column of strings; missing cells are null. */
export class DictionaryColumn {
  /** Int32Array [length] of positions in `values`; -1 is missing. */
  readonly codes: Int32Array;
  /** Distinct strings, in order of first appearance in the data the column was made from; not all need occur. */
  declare readonly values: readonly string[];
  /** Where the values are as long as nobody asked for all of them. */
  #pool: StringPool | undefined;

  constructor(codes: Int32Array, values: readonly string[] | StringPool) {
    this.codes = codes;
    if (!(values instanceof StringPool)) this.#keep(values);
    else if (values.size <= MAX_EAGER) this.#keep(values.toArray());
    else this.#defer(values);
  }

  get length(): number {
    return this.codes.length;
  }

  at(row: number): string | null {
    const code = this.codes[row] as number;
    if (this.#pool !== undefined) return code >= 0 ? this.#pool.at(code) : null;
    return this.values[code] ?? null;
  }

  toArray(): (string | null)[] {
    const { values } = this;
    return Array.from(this.codes, (code) => values[code] ?? null);
  }

  *[Symbol.iterator](): IterableIterator<string | null> {
    const { values } = this;
    for (const code of this.codes) yield values[code] ?? null;
  }

  #keep(values: readonly string[]): void {
    this.#pool = undefined;
    Object.defineProperty(this, 'values', { value: values, enumerable: true, configurable: true, writable: true });
  }

  #defer(pool: StringPool): void {
    this.#pool = pool;
    const get = (): readonly string[] => {
      this.#keep(pool.toArray());
      return this.values;
    };
    Object.defineProperty(this, 'values', { get, enumerable: true, configurable: true });
  }
}
