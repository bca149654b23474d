// Order statistics of weighted values: exact where each value stands for itself.
import type { WeightedValues } from '../sketches/weighted-values.js';

/** The value at a share of the way, by linear interpolation between order statistics (type 7, as numpy and pandas). */
export function valueAt({ values, weights, total }: WeightedValues, share: number): number {
  const position = share * (total - 1);
  if (weights === undefined) return interpolated(values, position);
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    before += weights[i] as number;
    if (before > position) return values[i] as number;
  }
  return values[values.length - 1] as number;
}

function interpolated(values: Float64Array, position: number): number {
  const below = Math.floor(position);
  const low = values[below] as number;
  const high = values[Math.min(below + 1, values.length - 1)] as number;
  const part = position - below;
  return low === high ? low : low * (1 - part) + high * part;
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
  let before = 0;
  for (;;) {
    const toLeft = left >= 0 ? median - (values[left] as number) : Number.POSITIVE_INFINITY;
    const toRight = right < values.length ? (values[right] as number) - median : Number.POSITIVE_INFINITY;
    const distance = Math.min(toLeft, toRight);
    seen += (weights?.[toLeft <= toRight ? left : right] as number | undefined) ?? 1;
    if (toLeft <= toRight) left -= 1;
    else right += 1;
    if (seen > total / 2)
      return weights === undefined && total % 2 === 0 && seen === total / 2 + 1 ? (before + distance) / 2 : distance;
    before = distance;
  }
}
