// Steps between numbers of float32, and the thresholds in one precision that decide as those of another.

const FLOAT = new Float32Array(1);
const FLOAT_BITS = new Int32Array(FLOAT.buffer);
const DOUBLE = new Float64Array(1);
const DOUBLE_BITS = new BigInt64Array(DOUBLE.buffer);

/** The float32 number after one; `value` must be a float32 number. */
export function nextFloat32(value: number): number {
  if (value === 0) return 2 ** -149;
  FLOAT[0] = value;
  FLOAT_BITS[0] = (FLOAT_BITS[0] as number) + (value > 0 ? 1 : -1);
  return FLOAT[0] as number;
}

/** The float32 number before one. */
export function previousFloat32(value: number): number {
  return -nextFloat32(-value);
}

/** The largest float32 number that is not above a number; -Infinity below all. */
export function floorFloat32(value: number): number {
  const rounded = Math.fround(value);
  return rounded > value ? previousFloat32(rounded) : rounded;
}

/** The largest double whose float32 rounding is not above the float32 number `threshold`. */
export function doubleThreshold(threshold: number): number {
  const next = nextFloat32(threshold);
  // Past the largest float32 number rounding goes on as if 2^128 were the next.
  const middle = threshold / 2 + (Number.isFinite(next) ? next : 2 ** 128) / 2;
  if (Math.fround(middle) <= threshold) return middle;
  DOUBLE[0] = middle;
  DOUBLE_BITS[0] = (DOUBLE_BITS[0] as bigint) - (middle > 0 ? 1n : -1n);
  return DOUBLE[0] as number;
}
