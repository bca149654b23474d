// Order statistics of weighted values: exact where each value stands for itself.
import type { WeightedValues } from '../sketches/weighted-values.js';

/** The value at a share of the way, by linear interpolation between order statistics (type 7, as numpy and pandas). */
export function valueAt(of: WeightedValues, share: number): number {
  const position = share * (of.total - 1);
  const below = Math.floor(position);
  const low = orderStatistic(of, below);
  const high = orderStatistic(of, Math.min(below + 1, of.total - 1));
  const part = position - below;
  return low === high ? low : low * (1 - part) + high * part;
}

function orderStatistic({ values, weights }: WeightedValues, position: number): number {
  if (weights === undefined) return values[position] as number;
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    before += weights[i] as number;
    if (before > position) return values[i] as number;
  }
  return values[values.length - 1] as number;
}

/** How many lie below a bound (`orEqual` counts those at it too). */
export function countBelow({ values, weights }: WeightedValues, bound: number, orEqual = false): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] as number;
    if (value < bound || (orEqual && value === bound)) low = middle + 1;
    else high = middle;
  }
  return weights === undefined ? low : weights.subarray(0, low).reduce((sum, weight) => sum + weight, 0);
}

/** Median of the absolute distances from the median: walks outward from it, so that no second sort is needed. */
export function medianDeviation(of: WeightedValues): number {
  const { values, weights, total } = of;
  const median = valueAt(of, 0.5);
  let right = values.findIndex((value) => value >= median);
  let left = right - 1;
  let seen = 0;
  /** The distance at which exactly half of the values are nearer. */
  let half: number | undefined;
  for (;;) {
    const toLeft = left >= 0 ? median - (values[left] as number) : Number.POSITIVE_INFINITY;
    const toRight = right < values.length ? (values[right] as number) - median : Number.POSITIVE_INFINITY;
    const distance = Math.min(toLeft, toRight);
    if (half !== undefined) return (half + distance) / 2;
    const at = toLeft <= toRight ? left-- : right++;
    seen += weights === undefined ? 1 : (weights[at] as number);
    if (2 * seen > total) return distance;
    if (2 * seen === total) half = distance;
  }
}
