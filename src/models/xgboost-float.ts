// The float32 arithmetic of XGBoost's WebAssembly build, operation by operation, so that scores have its bits.

const fround = Math.fround;
const LN2_HIGH = fround(6.9314575195e-1);
const LN2_LOW = fround(1.4286067653e-6);
const INVERSE_LN2 = fround(1.4426950216);
const P1 = fround(1.666662544e-1);
const P2 = fround(-2.7667332906e-3);
const HALF_LN2 = fround(0.34657359);
const SMALL = 2 ** -13;
const OVERFLOW = fround(88.722839);
const UNDERFLOW = fround(-103.972084);

/** Logistic function in float32. */
export function sigmoid32(score: number): number {
  return fround(1 / fround(1 + exp32(-score)));
}

/**
 * Softmax in float32 with the sum in float64.
 * @param values INOUT Float64Array of float32 numbers, `width` of them from `at`
 */
export function softmax32(values: Float64Array, at: number, width: number): void {
  let highest = values[at] as number;
  for (let k = at; k < at + width; k++) highest = Math.max(highest, values[k] as number);
  let total = 0;
  for (let k = at; k < at + width; k++) {
    const e = exp32(fround((values[k] as number) - highest));
    values[k] = e;
    total += e;
  }
  const divisor = fround(total);
  for (let k = at; k < at + width; k++) values[k] = fround((values[k] as number) / divisor);
}

/** The exponential in float32 as musl 1.1 and FreeBSD's e_expf.c compute it: not always the nearest float32. */
function exp32(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x <= UNDERFLOW) return 0;
  const size = Math.abs(x);
  if (size <= SMALL) return fround(1 + x);
  let k = 0;
  let high = x;
  let low = 0;
  if (size > HALF_LN2) {
    k = Math.trunc(fround(fround(INVERSE_LN2 * x) + (x < 0 ? -0.5 : 0.5)));
    high = fround(x - fround(k * LN2_HIGH));
    low = fround(k * LN2_LOW);
  }
  const r = fround(high - low);
  const square = fround(r * r);
  const c = fround(r - fround(square * fround(P1 + fround(square * P2))));
  const quotient = fround(fround(r * c) / fround(2 - c));
  const y = fround(1 + fround(fround(quotient - low) + high));
  return fround(y * 2 ** k);
}
