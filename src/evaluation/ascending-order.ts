// The stable order of a column of numbers: a radix sort of their bits in base 2048, since a comparator costs ten times as much at 1M.

const RADIX_BITS = 11;
const BUCKETS = 1 << RADIX_BITS;
const MASK = BUCKETS - 1;
/** Below this many values the buckets cost more than comparisons. */
const COMPARE_BELOW = 1024;

/**
 * Positions that sort the values ascending; equal values (0 and -0 are equal) keep their order.
 * @param values Float64Array [n] with no NaN
 * @returns Uint32Array [n]
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (values.length >= COMPARE_BELOW) return radixOrder(values, order);
  return order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}

interface Keyed {
  readonly order: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

function radixOrder(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = values.length;
  let from: Keyed = { order, low: new Uint32Array(n), high: new Uint32Array(n) };
  let to: Keyed = { order: new Uint32Array(n), low: new Uint32Array(n), high: new Uint32Array(n) };
  writeKeys(values, from);
  for (const word of ['low', 'high'] as const) {
    for (let shift = 0; shift < 32; shift += RADIX_BITS) {
      if (!scatter(from, to, from[word], shift)) continue;
      [from, to] = [to, from];
    }
  }
  return from.order;
}

/** The bits of each number, changed so that they compare as unsigned integers in the order of the numbers. */
function writeKeys(values: Float64Array, { low, high }: Keyed): void {
  const one = new Float64Array(1);
  const words = new Uint32Array(one.buffer);
  const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
  for (let i = 0; i < values.length; i++) {
    one[0] = (values[i] as number) + 0; // -0 becomes 0
    const top = words[highWord] as number;
    const flip = top >>> 31 === 1 ? 0xffff_ffff : 0;
    low[i] = (words[1 - highWord] as number) ^ flip;
    high[i] = top ^ (flip | 0x8000_0000);
  }
}

/** One stable pass over a digit; false, with nothing written, where all keys share it. */
function scatter(from: Keyed, to: Keyed, keys: Uint32Array, shift: number): boolean {
  const n = keys.length;
  const starts = new Uint32Array(BUCKETS);
  for (let i = 0; i < n; i++) {
    const bucket = digit(keys, i, shift);
    starts[bucket] = (starts[bucket] as number) + 1;
  }
  if (starts[digit(keys, 0, shift)] === n) return false;
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket] as number;
    starts[bucket] = start;
    start += count;
  }
  for (let i = 0; i < n; i++) {
    const bucket = digit(keys, i, shift);
    const at = starts[bucket] as number;
    starts[bucket] = at + 1;
    to.order[at] = from.order[i] as number;
    to.low[at] = from.low[i] as number;
    to.high[at] = from.high[i] as number;
  }
  return true;
}

function digit(keys: Uint32Array, i: number, shift: number): number {
  return ((keys[i] as number) >>> shift) & MASK;
}
