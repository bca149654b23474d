// The two-sided one-sample distribution of Kolmogorov, to about 1e-10: exact by matrix powers where the matrix is small (Marsaglia,
// Tsang and Wang, 2003), twice the one-sided one in the tail, and the expansion of Pelz and Good (1976) between, divided up as
// Simard and L'Ecuyer do ("Computing the two-sided Kolmogorov-Smirnov distribution", 2011).
import { smirnovTail } from './smirnov-tail.js';

/** Up to so many values the matrix is small wherever the tail is not enough. */
const FEW_VALUES = 140;
const SCALE = 2 ** 128;

/**
 * Chance that an empirical distribution of n values is at least x off the true one somewhere.
 * @param n whole, at least 1
 * @param x in [0, 1]
 */
export function kolmogorovTail(n: number, x: number): number {
  const t = n * x;
  if (x >= 1) return 0;
  if (t <= 0.5) return 1;
  if (t >= n - 1) return 2 * (1 - x) ** n;
  if (x >= 0.5) return Math.min(1, 2 * smirnovTail(n, x));
  const isTail = n <= FEW_VALUES ? t * x > 4 : t * x >= 2.2;
  if (isTail) return t * x >= 370 ? 0 : Math.min(1, 2 * smirnovTail(n, x));
  const isExact = n <= FEW_VALUES || (n <= 100_000 && n * x ** 1.5 <= 1.4);
  return Math.min(1, Math.max(0, 1 - (isExact ? byMatrix(n, x) : byExpansion(n, x))));
}

/** Row-major square matrix [size * size]. */
type Matrix = Float64Array;

function byMatrix(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const size = 2 * k - 1;
  const middle = (k - 1) * size + k - 1;
  let base = startMatrix(size, k - n * x);
  let power = identity(size);
  let exponent = 0;
  let baseExponent = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      power = product(power, base, size);
      exponent += baseExponent;
    }
    base = product(base, base, size);
    baseExponent *= 2;
    if ((base[middle] as number) <= SCALE) continue;
    base = base.map((value) => value / SCALE);
    baseExponent += 1;
  }
  let chance = power[middle] as number;
  for (let i = 1; i <= n; i++) {
    chance *= i / n;
    if (chance >= 1 / SCALE) continue;
    chance *= SCALE;
    exponent -= 1;
  }
  return chance * SCALE ** exponent;
}

function startMatrix(size: number, h: number): Matrix {
  const inverseFactorials = new Float64Array(size + 1).fill(1);
  for (let i = 1; i <= size; i++) inverseFactorials[i] = (inverseFactorials[i - 1] as number) / i;
  const edge = Float64Array.from({ length: size }, (_, i) => (1 - h ** (i + 1)) * (inverseFactorials[i + 1] as number));
  edge[size - 1] = (1 - 2 * h ** size + Math.max(0, 2 * h - 1) ** size) * (inverseFactorials[size] as number);
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 1; column <= Math.min(row + 1, size - 1); column++)
      matrix[row * size + column] = inverseFactorials[row - column + 1] as number;
    matrix[row * size] = edge[row] as number;
  }
  for (let column = 0; column < size; column++) matrix[(size - 1) * size + column] = edge[size - 1 - column] as number;
  return matrix;
}

function identity(size: number): Matrix {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function product(a: Matrix, b: Matrix, size: number): Matrix {
  const out = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = a[row * size + inner] as number;
      if (factor === 0) continue;
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        out[at] = (out[at] as number) + factor * (b[inner * size + column] as number);
      }
    }
  }
  return out;
}

/** Four terms of the expansion in 1 / sqrt(n), as sums of Jacobi theta functions. */
function byExpansion(n: number, x: number): number {
  const z = Math.sqrt(n) * x;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const pi2 = Math.PI ** 2;
  const root = Math.sqrt(2 * Math.PI);
  const sums = [0, 0, 0, 0];
  const add = (order: number, value: number): void => {
    sums[order] = (sums[order] as number) + value;
  };
  for (let k = Math.ceil((16 * z) / Math.PI); k >= 1; k--) {
    const m2 = (2 * k - 1) ** 2;
    const odd = pi2 * m2;
    const weight = root * Math.exp(-odd / 8 / z2);
    add(0, weight / z);
    add(1, (weight * (odd / 4 - z2)) / (6 * z4));
    add(
      2,
      (weight * (6 * z6 + 2 * z4 + ((2 * z4 - 5 * z2) * odd) / 4 + (odd ** 2 * (1 - 2 * z2)) / 16)) / (72 * z ** 7),
    );
    const third = -30 * z6 - 90 * z ** 8 + (odd * (135 * z4 - 96 * z6)) / 4 + (odd ** 2 * (212 * z4 - 60 * z2)) / 16;
    add(3, (weight * (third + (odd ** 3 * (5 - 30 * z2)) / 64)) / (6480 * z ** 10));
    const every = pi2 * k * k;
    const whole = root * Math.exp(-every / 2 / z2);
    add(2, (-whole * every) / (36 * z ** 3));
    add(3, (whole * every * (3 * z2 - every)) / (216 * z6));
  }
  return sums.reduce((total, sum, order) => total + sum / n ** (order / 2), 0);
}
