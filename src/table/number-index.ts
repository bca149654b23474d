// Dense codes for numbers: a lookup table where they are integers close together, as ids are, else a hash table.

/** Codes of the distinct values of a column. */
export interface NumberIndex {
  /** Int32Array [n]: 0 for the first value, 1 for the next distinct one, …; -1 for NaN. */
  readonly codes: Int32Array;
  /** How many distinct values there are. */
  readonly size: number;
  /** The codes of other values, Int32Array of their number; -1 where a value is not in the index. */
  lookup(values: Float64Array): Int32Array;
}

/** A table has at most this many places for each value. */
const MAX_SPREAD = 8;

/** Indexes the values. */
export function numberIndex(values: Float64Array): NumberIndex {
  const range = integerRange(values);
  return range === undefined ? hashIndex(values) : tableIndex(values, range);
}

/** Smallest and largest of values that are all integers (or NaN) and close together. */
function integerRange(values: Float64Array): { low: number; high: number } | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value)) return undefined;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high && high - low < MAX_SPREAD * values.length ? { low, high } : undefined;
}

function tableIndex(values: Float64Array, { low, high }: { low: number; high: number }): NumberIndex {
  const table = new Int32Array(high - low + 1).fill(-1);
  const codes = new Int32Array(values.length);
  let size = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) codes[row] = -1;
    else {
      const place = value - low;
      if (table[place] === -1) table[place] = size++;
      codes[row] = table[place] as number;
    }
  }
  return { codes, size, lookup: (others) => lookupInTable(others, table, low) };
}

function lookupInTable(values: Float64Array, table: Int32Array, low: number): Int32Array {
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const place = value - low;
    codes[row] = place >= 0 && place < table.length && Number.isInteger(value) ? (table[place] as number) : -1;
  }
  return codes;
}

function hashIndex(values: Float64Array): NumberIndex {
  const table = new NumberTable(values.length);
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) codes[row] = table.insert(values[row] as number);
  return { codes, size: table.size, lookup: (others) => Int32Array.from(others, (value) => table.find(value)) };
}

/** Codes by number in open addressing with linear probing: several times faster than a Map of a million numbers. */
class NumberTable {
  size = 0;
  private readonly keys: Float64Array;
  /** Codes plus one; 0 where a place is free. */
  private readonly codes: Int32Array;
  private readonly bits: Float64Array = new Float64Array(1);
  private readonly words: Uint32Array = new Uint32Array(this.bits.buffer);

  /** @param capacity most numbers it will hold; at least half of the places stay free */
  constructor(capacity: number) {
    const nPlaces = 2 ** Math.ceil(Math.log2(2 * capacity + 2));
    this.keys = new Float64Array(nPlaces);
    this.codes = new Int32Array(nPlaces);
  }

  /** The number's code, a new one where it has none; -1 for NaN. */
  insert(value: number): number {
    if (Number.isNaN(value)) return -1;
    const place = this.place(value);
    if (this.codes[place] === 0) {
      this.size += 1;
      this.keys[place] = value;
      this.codes[place] = this.size;
    }
    return (this.codes[place] as number) - 1;
  }

  /** The number's code; -1 where it has none. */
  find(value: number): number {
    return Number.isNaN(value) ? -1 : (this.codes[this.place(value)] as number) - 1;
  }

  /** Where a number stands, or would. */
  private place(value: number): number {
    const last = this.codes.length - 1;
    this.bits[0] = value + 0; // -0 is 0
    let hash = Math.imul(this.words[0] as number, 0x9e3779b1) ^ Math.imul(this.words[1] as number, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let place = (hash ^ (hash >>> 13)) & last;
    while (this.codes[place] !== 0 && this.keys[place] !== value) place = (place + 1) & last;
    return place;
  }
}
