// The stable order of a column of numbers: a radix sort, since a comparator costs ten times as much on a million rows.

const RADIX_BITS = 11;
const BUCKETS = 1 << RADIX_BITS;
const MASK = BUCKETS - 1;
/** Below this many values the buckets cost more than comparisons. */
const COMPARE_BELOW = 1024;
/** Runs up to this long are sorted by insertion. */
const INSERT_UP_TO = 32;

/**
 * Positions that sort the values ascending; equal values (0 and -0 are equal) keep their order.
 * @param values Float64Array [n] with no NaN
 * @returns Uint32Array [n]
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (values.length < COMPARE_BELOW) return compareSort(order, values);
  const sorted = sortByKey({ order, keys: upperKeys(values) });
  sortRuns(sorted, values);
  return sorted.order;
}

interface Keyed {
  readonly order: Uint32Array;
  readonly keys: Uint32Array;
}

/** The upper 32 bits of each number, changed so that they compare as unsigned integers in the order of the numbers. */
function upperKeys(values: Float64Array): Uint32Array {
  const keys = new Uint32Array(values.length);
  const one = new Float64Array(1);
  const view = new DataView(one.buffer);
  for (let i = 0; i < values.length; i++) {
    view.setFloat64(0, (values[i] as number) + 0); // -0 becomes 0
    const upper = view.getUint32(0);
    keys[i] = upper >>> 31 === 1 ? ~upper : upper | 0x8000_0000;
  }
  return keys;
}

function sortByKey(keyed: Keyed): Keyed {
  const n = keyed.keys.length;
  let from = keyed;
  let to: Keyed = { order: new Uint32Array(n), keys: new Uint32Array(n) };
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    if (scatter(from, to, shift)) [from, to] = [to, from];
  }
  return from;
}

/** One stable pass over a digit; false, with nothing written, where all keys share it. */
function scatter(from: Keyed, to: Keyed, shift: number): boolean {
  const n = from.keys.length;
  const starts = new Uint32Array(BUCKETS);
  for (let i = 0; i < n; i++) {
    const bucket = ((from.keys[i] as number) >>> shift) & MASK;
    starts[bucket] = (starts[bucket] as number) + 1;
  }
  if (starts[((from.keys[0] as number) >>> shift) & MASK] === n) return false;
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket] as number;
    starts[bucket] = start;
    start += count;
  }
  for (let i = 0; i < n; i++) {
    const key = from.keys[i] as number;
    const bucket = (key >>> shift) & MASK;
    const at = starts[bucket] as number;
    starts[bucket] = at + 1;
    to.order[at] = from.order[i] as number;
    to.keys[at] = key;
  }
  return true;
}

/** Sorts the runs that share their upper bits by the whole numbers; most runs are one row, or ties in order already. */
function sortRuns({ order, keys }: Keyed, values: Float64Array): void {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    let isSorted = true;
    while (end < order.length && keys[end] === keys[start]) {
      if (valueAt(values, order, end) < valueAt(values, order, end - 1)) isSorted = false;
      end++;
    }
    if (!isSorted && end - start <= INSERT_UP_TO) insertionSort(order, values, start, end);
    else if (!isSorted) compareSort(order.subarray(start, end), values);
    start = end;
  }
}

function insertionSort(order: Uint32Array, values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const row = order[i] as number;
    const value = values[row] as number;
    let at = i;
    while (at > start && valueAt(values, order, at - 1) > value) {
      order[at] = order[at - 1] as number;
      at--;
    }
    order[at] = row;
  }
}

function compareSort(order: Uint32Array, values: Float64Array): Uint32Array {
  return order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}

function valueAt(values: Float64Array, order: Uint32Array, i: number): number {
  return values[order[i] as number] as number;
}
