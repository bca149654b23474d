// Dense codes for numbers: a lookup table where they are integers close together, as ids are, else a map.

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
  return range === undefined ? mapIndex(values) : tableIndex(values, range);
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
    const place = (values[row] as number) - low;
    codes[row] = place >= 0 && place < table.length && Number.isInteger(place) ? (table[place] as number) : -1;
  }
  return codes;
}

function mapIndex(values: Float64Array): NumberIndex {
  const places = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let place = places.get(value);
    if (place === undefined) {
      place = places.size;
      places.set(value, place);
    }
    codes[row] = place;
  }
  return { codes, size: places.size, lookup: (others) => Int32Array.from(others, (value) => places.get(value) ?? -1) };
}
