/** A column of booleans; missing cells are null. */
export class BooleanColumn {
  /** Int8Array [length]: 1 true, 0 false, -1 missing. */
  readonly codes: Int8Array;

  constructor(codes: Int8Array) {
    this.codes = codes;
  }

  get length(): number {
    return this.codes.length;
  }

  at(row: number): boolean | null {
    return cell(this.codes[row]);
  }

  toArray(): (boolean | null)[] {
    return Array.from(this.codes, cell);
  }

  *[Symbol.iterator](): IterableIterator<boolean | null> {
    for (const code of this.codes) yield cell(code);
  }
}

function cell(code: number | undefined): boolean | null {
  return code === 1 ? true : code === 0 ? false : null;
}
