// Gradient and hessian of log loss in single precision, with the bits of the kernel in assembly/gradients.ts.

const { fround } = Math;
const POWERS_OF_TWO = Float32Array.from({ length: 128 }, (_, i) => 2 ** -i);

/**
 * Writes p - y and p (1 - p), with p = 1 / (1 + exp(-score)) and each times the weight, to `pairs[at]` and the place behind.
 * The kernel repeats these operations in this order: change both or neither.
 */
export function logisticPair(score: number, target: number, weight: number, pairs: Float64Array, at: number): void {
  const s = fround(score);
  const y = fround(target);
  const e = expOfNegative(Math.max(-Math.abs(s), -80));
  const large = fround(1 / fround(1 + e));
  const small = fround(e * large);
  const p = s >= 0 ? large : small;
  const q = s >= 0 ? small : large;
  pairs[at] = fround(fround(p * fround(1 - y)) - fround(q * y)) * weight;
  pairs[at + 1] = fround(p * q) * weight;
}

/** e to the power x, a float in [-80, 0]: range reduction by ln 2 and the polynomial of Cephes' expf. */
function expOfNegative(x: number): number {
  // Adding 1.5 * 2^23 rounds to an integer.
  const k = fround(fround(fround(x * fround(Math.LOG2E)) + 12582912) - 12582912);
  let r = fround(x - fround(k * 0.693359375));
  r = fround(r - fround(k * fround(-2.1219444e-4)));
  let p = fround(1.98756915e-4);
  p = fround(fround(p * r) + fround(1.3981999507e-3));
  p = fround(fround(p * r) + fround(8.3334519073e-3));
  p = fround(fround(p * r) + fround(4.1665795894e-2));
  p = fround(fround(p * r) + fround(1.6666665459e-1));
  p = fround(fround(p * r) + fround(5.0000001201e-1));
  p = fround(fround(fround(p * fround(r * r)) + r) + 1);
  return fround(p * (POWERS_OF_TWO[-k] as number));
}
