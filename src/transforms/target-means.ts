// Means of the target by category, drawn towards the overall mean where rows are few (Micci-Barreca, 2001).
import { createRandom } from '../core/random.js';

/** The mean of each category, and of all rows. */
export interface TargetMeans {
  /** By code; NaN for a code that no row has. */
  readonly values: Float64Array;
  readonly mean: number;
}

/** The rows of a column with their target. */
export interface TargetRows {
  /** Int32Array [nRows] of codes below `nCodes`; a row below 0 has no category. */
  readonly codes: Int32Array;
  readonly nCodes: number;
  /** Float64Array [nRows]. */
  readonly target: Float64Array;
}

/**
 * Equations 3 to 6 of the paper, as in scikit-learn's TargetEncoder.
 * @param smoothing Rows of the overall mean that are added to each category; by the variances within and between where absent
 * @param rows Positions of the rows to learn from, at least one
 */
export function targetMeans(of: TargetRows, rows: Uint32Array, smoothing: number | undefined): TargetMeans {
  const { codes, nCodes, target } = of;
  const sums = new Float64Array(nCodes);
  const counts = new Float64Array(nCodes);
  let total = 0;
  for (const row of rows) {
    const code = codes[row] as number;
    total += target[row] as number;
    if (code < 0) continue;
    sums[code] = (sums[code] as number) + (target[row] as number);
    counts[code] = (counts[code] as number) + 1;
  }
  const mean = total / rows.length;
  const own = sums.map((sum, code) => sum / (counts[code] as number));
  if (smoothing !== undefined) {
    const values = sums.map((sum, code) => {
      const count = counts[code] as number;
      return count === 0 ? Number.NaN : (sum + smoothing * mean) / (count + smoothing);
    });
    return { values, mean };
  }
  const shares = ownShares(of, rows, counts, own, mean);
  return { values: own.map((each, code) => blended(each, shares[code] as number, mean)), mean };
}

/** How much each category's own mean counts: its rows' variance around it against the variance of all rows. */
function ownShares(
  { codes, target }: TargetRows,
  rows: Uint32Array,
  counts: Float64Array,
  own: Float64Array,
  mean: number,
): Float64Array {
  const within = new Float64Array(counts.length);
  let squares = 0;
  for (const row of rows) {
    const code = codes[row] as number;
    squares += ((target[row] as number) - mean) ** 2;
    if (code >= 0) within[code] = (within[code] as number) + ((target[row] as number) - (own[code] as number)) ** 2;
  }
  const variance = squares / rows.length;
  return counts.map((count, code) => (variance * count) / (variance * count + (within[code] as number) / count));
}

/** NaN where there is no row; the overall mean where no row differs from any other. */
function blended(own: number, share: number, mean: number): number {
  if (Number.isNaN(own)) return own;
  return Number.isNaN(share) ? mean : share * own + (1 - share) * mean;
}

/** Int32Array [nRows]: the fold of each row, from 0: rows are shuffled, then dealt out. They depend on nothing but the arguments. */
export function rowFolds(nRows: number, nFolds: number, seed: number): Int32Array {
  const order = createRandom(seed).shuffle(Uint32Array.from({ length: nRows }, (_, row) => row));
  const folds = new Int32Array(nRows);
  order.forEach((row, i) => {
    folds[row] = i % nFolds;
  });
  return folds;
}

/** Each row's mean of its category, from the rows of the other folds only. `empty` stands for a category they do not have. */
export function outOfFoldMeans(
  of: TargetRows,
  folds: Int32Array,
  smoothing: number | undefined,
  empty: 'mean' | 'missing',
): Float64Array {
  const encoded = new Float64Array(folds.length).fill(Number.NaN);
  const nFolds = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  for (let fold = 0; fold < nFolds; fold++) {
    const others = Uint32Array.from([...folds.keys()].filter((row) => folds[row] !== fold));
    const { values, mean } = targetMeans(of, others, smoothing);
    for (let row = 0; row < folds.length; row++) {
      const code = of.codes[row] as number;
      if (folds[row] !== fold || code < 0) continue;
      const value = values[code] as number;
      encoded[row] = Number.isNaN(value) && empty === 'mean' ? mean : value;
    }
  }
  return encoded;
}
