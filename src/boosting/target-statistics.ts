// Ordered target statistics of a categorical column (Prokhorenkova et al., "CatBoost: unbiased boosting with categorical
// features", 2018): a row's level becomes the mean target of the rows before it in a random order, so that no row sees its own target.
import { createRandom } from '../core/random.js';
import type { BinRequest } from './bin-request.js';
import type { MemoryViews } from './memory-views.js';

/** Rows that the overall mean counts for in each level's mean. */
const PRIOR_WEIGHT = 1;

/**
 * Replaces the staged level positions by statistics: ordered ones in training rows, those of all training rows behind them.
 * Returns the latter by level; missing levels, and those without rows, have the prior.
 */
export function orderedStatistics(
  { f64 }: MemoryViews,
  request: BinRequest,
): { statistics: Float64Array; prior: number } {
  const { nRows, nAllRows, nLevels } = request;
  const values = f64.subarray(request.values / 8, request.values / 8 + nAllRows);
  const target = targetOf(f64.subarray(request.target / 8, request.target / 8 + nRows), request.targetClass);
  const prior = target.reduce((sum, value) => sum + value, 0) / nRows;
  const sums = new Float64Array(nLevels + 1);
  const counts = new Float64Array(nLevels + 1);
  const statistic = (level: number): number =>
    ((sums[level] as number) + PRIOR_WEIGHT * prior) / ((counts[level] as number) + PRIOR_WEIGHT);
  const order = createRandom(request.seed)
    .fork('target statistics')
    .shuffle(Uint32Array.from({ length: nRows }, (_, i) => i));
  for (const row of order) {
    const level = values[row] as number;
    if (Number.isNaN(level)) {
      values[row] = prior;
      continue;
    }
    values[row] = statistic(level);
    sums[level] = (sums[level] as number) + (target[row] as number);
    counts[level] = (counts[level] as number) + 1;
  }
  for (let i = nRows; i < nAllRows; i++) {
    const level = values[i] as number;
    values[i] = level >= 0 && level < nLevels ? statistic(level) : prior;
  }
  return { statistics: Float64Array.from({ length: nLevels }, (_, level) => statistic(level)), prior };
}

function targetOf(target: Float64Array, targetClass: number | undefined): Float64Array {
  return targetClass === undefined ? target : target.map((value) => Number(value === targetClass));
}
