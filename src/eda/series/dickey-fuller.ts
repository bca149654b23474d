// The augmented Dickey-Fuller test with a constant: as many lags as Akaike's criterion wants, p after MacKinnon, "Approximate asymptotic
// distribution functions for unit-root and cointegration tests" (1994). Null hypothesis: the series has a unit root.
import type { SeriesStatistics } from '../column-profile-types.js';

/** Bounds of MacKinnon's approximation, and its polynomials below and above the turning point. */
const TAU = { min: -18.83, max: 2.74, star: -1.61 };
const SMALL_P = [2.1659, 1.4412, 0.038269];
const LARGE_P = [1.7339, 0.93202, -0.12745, -0.010368];
/** Constant and level before the lags. */
const N_FIXED = 2;
/** Less of the variable's own square may be left of it, or it is a sum of the others. */
const SINGULAR = 1e-12;

/** The test, or null where there are too few values or they do not vary enough. */
export function dickeyFuller(values: Float64Array): SeriesStatistics['adf'] {
  const n = values.length - 1;
  const maxLag = Math.min(Math.ceil(12 * (values.length / 100) ** 0.25), Math.floor(values.length / 2) - 2);
  if (maxLag < 0) return null;
  const lags = bestLag(products(values, maxLag), n - maxLag);
  if (lags === undefined) return null;
  const nObs = n - lags;
  const statistic = levelStatistic(products(values, lags), nObs);
  return statistic === undefined ? null : { statistic, p: macKinnonP(statistic), lags, nObs };
}

/** Cross products of constant, level, lagged differences and, last, the difference itself. */
function products(values: Float64Array, nLags: number): Float64Array[] {
  const n = values.length - 1;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const difference = new Float64Array(n).map((_, i) => (values[i + 1] as number) - (values[i] as number));
  const size = nLags + N_FIXED + 1;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const set = (i: number, j: number, value: number): void => {
    (matrix[i] as Float64Array)[j] = value;
    (matrix[j] as Float64Array)[i] = value;
  };
  // Lag 0 is the last variable.
  const place = (lag: number): number => (lag === 0 ? size - 1 : N_FIXED - 1 + lag);
  const over = (of: (t: number) => number): number => {
    let sum = 0;
    for (let t = nLags; t < n; t++) sum += of(t);
    return sum;
  };
  const d = (t: number): number => difference[t] as number;
  const level = (t: number): number => (values[t] as number) - mean;
  set(0, 0, n - nLags);
  set(0, 1, over(level));
  set(
    1,
    1,
    over((t) => level(t) ** 2),
  );
  const lagged = Array.from({ length: nLags + 1 }, () => new Float64Array(nLags + 1));
  for (let lag = 0; lag <= nLags; lag++) {
    set(
      0,
      place(lag),
      over((t) => d(t - lag)),
    );
    set(
      1,
      place(lag),
      over((t) => level(t) * d(t - lag)),
    );
    (lagged[0] as Float64Array)[lag] = over((t) => d(t) * d(t - lag));
  }
  for (let i = 0; i <= nLags; i++) {
    for (let j = i; j <= nLags; j++) {
      // One row of the window shifted: the sum before, less its last product, and the one before its first.
      const before = i === 0 ? 0 : ((lagged[i - 1] as Float64Array)[j - 1] as number);
      if (i > 0) {
        const shifted = before - d(n - i) * d(n - j) + d(nLags - i) * d(nLags - j);
        (lagged[i] as Float64Array)[j] = shifted;
      }
      set(place(i), place(j), (lagged[i] as Float64Array)[j] as number);
    }
  }
  return matrix;
}

/** By the sums of squares of all nested models, which one factorisation gives. */
function bestLag(matrix: readonly Float64Array[], nObs: number): number | undefined {
  const factor = cholesky(matrix);
  if (factor === undefined) return undefined;
  const last = matrix.length - 1;
  const explained = factor[last] as Float64Array;
  let rest = (matrix[last] as Float64Array)[last] as number;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < last; k++) {
    rest -= (explained[k] as number) ** 2;
    if (k < N_FIXED - 1) continue;
    const criterion = nObs * Math.log(rest / nObs) + 2 * (k + 1);
    if (criterion < least) {
      least = criterion;
      best = k + 1 - N_FIXED;
    }
  }
  return best;
}

/** The t statistic of the level. */
function levelStatistic(matrix: readonly Float64Array[], nObs: number): number | undefined {
  const factor = cholesky(matrix);
  if (factor === undefined) return undefined;
  const size = matrix.length - 1;
  const right = (factor[size] as Float64Array).subarray(0, size);
  const coefficients = backward(factor, right);
  const rest = right.reduce((left, value) => left - value * value, (matrix[size] as Float64Array)[size] as number);
  const unit = new Float64Array(size);
  unit[1] = 1;
  const inverse = backward(factor, forward(factor, unit))[1] as number;
  const statistic = (coefficients[1] as number) / Math.sqrt((rest / (nObs - size)) * inverse);
  return Number.isFinite(statistic) ? statistic : undefined;
}

/** The lower triangle; its last row holds what the variables explain of the last one. Undefined where a variable is a sum of others. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] | undefined {
  const factor = matrix.map(() => new Float64Array(matrix.length));
  for (const [i, row] of matrix.entries()) {
    const own = factor[i] as Float64Array;
    for (let j = 0; j <= i; j++) {
      const other = factor[j] as Float64Array;
      let sum = row[j] as number;
      for (let k = 0; k < j; k++) sum -= (own[k] as number) * (other[k] as number);
      if (i !== j) own[j] = sum / (other[j] as number);
      else if (sum > SINGULAR * (row[i] as number)) own[j] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}

function forward(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const solved = right.slice();
  for (let i = 0; i < solved.length; i++) {
    const row = factor[i] as Float64Array;
    for (let j = 0; j < i; j++) solved[i] = (solved[i] as number) - (row[j] as number) * (solved[j] as number);
    solved[i] = (solved[i] as number) / (row[i] as number);
  }
  return solved;
}

function backward(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const solved = right.slice();
  for (let i = solved.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < solved.length; j++) {
      solved[i] = (solved[i] as number) - ((factor[j] as Float64Array)[i] as number) * (solved[j] as number);
    }
    solved[i] = (solved[i] as number) / ((factor[i] as Float64Array)[i] as number);
  }
  return solved;
}

function macKinnonP(statistic: number): number {
  if (statistic > TAU.max) return 1;
  if (statistic < TAU.min) return 0;
  const polynomial = statistic <= TAU.star ? SMALL_P : LARGE_P;
  return normalShare(polynomial.reduceRight((sum, coefficient) => sum * statistic + coefficient, 0));
}

/** Standard normal distribution function: the series of Marsaglia, "Evaluating the normal distribution" (2004). */
function normalShare(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let sum = x;
  let term = x;
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
