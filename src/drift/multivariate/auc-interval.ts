// The area under the ROC curve with its interval by ranks (DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or
// more correlated receiver operating characteristic curves", 1988; ranks as Sun and Xu, 2014, have them).
import { ascendingOrder } from '../../evaluation/ascending-order.js';

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/** @param scores of each class, no NaN; two or more of each */
export function aucInterval(
  positives: Float64Array,
  negatives: Float64Array,
): { readonly auc: number; readonly interval: readonly [number, number] } {
  const [m, n] = [positives.length, negatives.length];
  const all = new Float64Array(m + n);
  all.set(positives);
  all.set(negatives, m);
  const ranks = midRanks(all);
  const [own, other] = [midRanks(positives), midRanks(negatives)];
  // Of each score, the share of the other class that it is on the right side of.
  const above = own.map((rank, i) => ((ranks[i] as number) - rank) / n);
  const below = other.map((rank, i) => 1 - ((ranks[m + i] as number) - rank) / m);
  const auc = meanOf(above);
  const margin = Z * Math.sqrt(varianceOf(above) / m + varianceOf(below) / n);
  return { auc, interval: [Math.max(0, auc - margin), Math.min(1, auc + margin)] };
}

/** Ranks from 1 on; equal values share the middle of theirs. */
function midRanks(values: Float64Array): Float64Array {
  const order = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number];
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i] as number] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
