// Numbers in ascending order by a radix sort of their upper halves: the engine's own sort takes eight times as long.

const DIGIT_BITS = 11;
const N_DIGITS = 2 ** DIGIT_BITS;
const N_LAST = 2 ** (32 - 2 * DIGIT_BITS);
/** Below, comparing is faster. */
const MIN_VALUES = 256;
/** So many values out of place before one, and the engine's sort takes over. */
const MAX_MOVES = 64;

/** Room for more values is not kept. */
const MAX_KEPT_ROOM = 2 ** 17;

interface Room {
  readonly keys: Uint32Array;
  readonly nextKeys: Uint32Array;
  readonly rows: Uint32Array;
  readonly nextRows: Uint32Array;
  readonly copy: Float64Array;
}

const counts = [new Uint32Array(N_DIGITS), new Uint32Array(N_DIGITS), new Uint32Array(N_LAST)] as const;
let kept = newRoom(0);

/** Sorts the first `n` values in place; none may be NaN, and 0 and -0 may come in any order. */
export function sortNumbers(values: Float64Array, n: number): void {
  if (isAscending(values, n)) return;
  if (n < MIN_VALUES) values.subarray(0, n).sort();
  else {
    sortUpperHalves(values, n);
    finish(values, n);
  }
}

/** Whether the first `n` are in order. */
export function isAscending(values: Float64Array, n: number): boolean {
  for (let i = 1; i < n; i++) if ((values[i] as number) < (values[i - 1] as number)) return false;
  return true;
}

function sortUpperHalves(values: Float64Array, n: number): void {
  const { keys, nextKeys, rows, nextRows, copy } = roomFor(n);
  countDigits(values, n, keys);
  const [low, middle, high] = counts;
  for (let i = 0; i < n; i++) {
    const key = keys[i] as number;
    const digit = key & (N_DIGITS - 1);
    const at = low[digit] as number;
    low[digit] = at + 1;
    nextKeys[at] = key;
    nextRows[at] = i;
  }
  for (let i = 0; i < n; i++) {
    const key = nextKeys[i] as number;
    const digit = (key >>> DIGIT_BITS) & (N_DIGITS - 1);
    const at = middle[digit] as number;
    middle[digit] = at + 1;
    keys[at] = key;
    rows[at] = nextRows[i] as number;
  }
  copy.set(values.subarray(0, n));
  for (let i = 0; i < n; i++) {
    const digit = (keys[i] as number) >>> (2 * DIGIT_BITS);
    const at = high[digit] as number;
    high[digit] = at + 1;
    values[at] = copy[rows[i] as number] as number;
  }
}

/** Fills in the upper 32 bits, changed so that they compare as unsigned integers, and where each digit's values start. */
function countDigits(values: Float64Array, n: number, keys: Uint32Array): void {
  const [low, middle, high] = counts;
  for (const digits of counts) digits.fill(0);
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
  for (let i = 0; i < n; i++) {
    const word = words[2 * i + 1] as number;
    const key = (word ^ (((word | 0) >> 31) | 0x80000000)) >>> 0;
    keys[i] = key;
    const first = key & (N_DIGITS - 1);
    const second = (key >>> DIGIT_BITS) & (N_DIGITS - 1);
    const third = key >>> (2 * DIGIT_BITS);
    low[first] = (low[first] as number) + 1;
    middle[second] = (middle[second] as number) + 1;
    high[third] = (high[third] as number) + 1;
  }
  for (const digits of counts) {
    let start = 0;
    for (let digit = 0; digit < digits.length; digit++) {
      const count = digits[digit] as number;
      digits[digit] = start;
      start += count;
    }
  }
}

/** Insertion sort of what equal upper halves left out of order. */
function finish(values: Float64Array, n: number): void {
  for (let i = 1; i < n; i++) {
    const value = values[i] as number;
    let at = i;
    while (at > 0 && (values[at - 1] as number) > value) {
      values[at] = values[at - 1] as number;
      at -= 1;
    }
    values[at] = value;
    if (i - at > MAX_MOVES) {
      values.subarray(0, n).sort();
      return;
    }
  }
}

function roomFor(n: number): Room {
  if (kept.copy.length >= n) return kept;
  const room = newRoom(n);
  if (n <= MAX_KEPT_ROOM) kept = room;
  return room;
}

function newRoom(n: number): Room {
  const array = () => new Uint32Array(n);
  return { keys: array(), nextKeys: array(), rows: array(), nextRows: array(), copy: new Float64Array(n) };
}
