// Values of a segment column as small codes, the first so many of them; all others together are one segment.

const OTHER = 'other';
const MISSING = 'missing';

/** Codes of one column's values, and their names. */
export class SegmentCodes {
  readonly column: string;
  readonly #maxValues: number;
  readonly #codes = new Map<unknown, number>();
  readonly #names: string[] = [OTHER, MISSING];

  constructor(column: string, maxValues: number) {
    this.column = column;
    this.#maxValues = maxValues;
  }

  /** The code of a cell; a value that is new gets one as long as there are few. */
  codeOf(cell: unknown): number {
    if (cell === null || cell === undefined || cell === '') return 1;
    const known = this.#codes.get(cell);
    if (known !== undefined) return known;
    if (this.#codes.size >= this.#maxValues) return 0;
    const name = String(cell);
    // Values of the same text are one segment: metrics could not tell them apart.
    const named = this.#names.indexOf(name);
    const code = named === -1 ? this.#names.push(name) - 1 : named;
    this.#codes.set(cell, code);
    return code;
  }

  /** The value that a code stands for, as text. */
  nameOf(code: number): string {
    return this.#names[code] as string;
  }

  /** The code of a name, as {@link SegmentCodes.nameOf} gave it. */
  codeOfName(name: string): number {
    const known = this.#names.indexOf(name);
    return known === -1 ? this.codeOf(name) : known;
  }
}
