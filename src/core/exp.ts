// exp with the same bits on every machine: range reduction by ln 2 (Cody and Waite) and a Taylor polynomial.

const POWERS_OF_TWO = Float64Array.from({ length: 2047 }, (_, i) => 2 ** (i - 1023));

/** e to the power x, within 2 units in the last place. Below -708 it is 0, above 709 it is Infinity. */
export function exp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Number.POSITIVE_INFINITY;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  let r = x - k * 0.6931471803691238;
  r = r - k * 1.9082149292705877e-10;
  // Even and odd powers apart: two short chains of operations instead of a long one.
  const s = r * r;
  let even = 2.08767569878681e-9;
  even = even * s + 2.755731922398589e-7;
  even = even * s + 0.0000248015873015873;
  even = even * s + 0.001388888888888889;
  even = even * s + 0.041666666666666664;
  even = even * s + 0.5;
  even = even * s + 1;
  let odd = 1.6059043836821613e-10;
  odd = odd * s + 2.505210838544172e-8;
  odd = odd * s + 0.0000027557319223985893;
  odd = odd * s + 0.0001984126984126984;
  odd = odd * s + 0.008333333333333333;
  odd = odd * s + 0.16666666666666666;
  odd = odd * s + 1;
  const p = even + r * odd;
  return p * (POWERS_OF_TWO[k + 1023] ?? Number.NaN);
}

/** The logistic function 1 / (1 + e^-x), with x held within +-700. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-Math.min(Math.max(x, -700), 700)));
}
