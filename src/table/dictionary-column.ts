// String columns as codes into distinct values: what the CSV parser makes and the encoders read, seen by arquero as a plain column.

/** A column of strings; missing cells are null. */
export class DictionaryColumn {
  /** Int32Array [length] of positions in `values`; -1 is missing. */
  readonly codes: Int32Array;
  /** Distinct strings, in order of first appearance in the data the column was made from; not all need occur. */
  readonly values: readonly string[];

  constructor(codes: Int32Array, values: readonly string[]) {
    this.codes = codes;
    this.values = values;
  }

  get length(): number {
    return this.codes.length;
  }

  at(row: number): string | null {
    return this.values[this.codes[row] as number] ?? null;
  }

  toArray(): (string | null)[] {
    return Array.from(this.codes, (code) => this.values[code] ?? null);
  }

  *[Symbol.iterator](): IterableIterator<string | null> {
    for (const code of this.codes) yield this.values[code] ?? null;
  }
}
