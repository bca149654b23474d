// exp in float32 as the C library of XGBoost's builds computes it (Arm Optimized Routines, expf.c; glibc since 2.27): in double, from a
// table of 2^(i/32) and a cubic, within 0.502 units in the last place, so not always the nearest float32.

const N = 32;
const TABLE = Float64Array.from({ length: N }, (_, i) => 2 ** (i / N));
const [C0, C1, C2] = [0.05550361559341535 / N ** 3, 0.2402284522445722 / N ** 2, 0.6931471806916203 / N] as const;

/** e to the power of a float32 number, a float32 number. */
export function expFloat32(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 88.72283172607422) return Number.POSITIVE_INFINITY;
  if (x < -103.97207641601562) return 0;
  const z = x * Math.LOG2E * N;
  const k = roundHalfEven(z);
  const r = z - k;
  const index = ((k % N) + N) % N;
  const power = (TABLE[index] as number) * 2 ** ((k - index) / N);
  return Math.fround(((C0 * r + C1) * (r * r) + (C2 * r + 1)) * power);
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
