// How a column tells the target: rates by group, information value, AUC of the column alone, strength.
import { auc } from '../evaluation/roc.js';
import { contingency, cramersV } from './associations/contingency.js';
import type { TargetGroup, TargetRelation } from './column-profile-types.js';
import { finite } from './finite.js';
import { NORMAL_975, wilsonInterval } from './statistics/wilson-interval.js';
import type { TargetGroups } from './target-groups.js';

/** The target over the sampled rows. */
export interface TargetRows {
  readonly task: 'binary' | 'multiclass' | 'regression';
  /** Float64Array [nRows]: 0 and 1, class codes, or numbers; NaN where not known. */
  readonly values: Float64Array;
  readonly nClasses: number;
}

/** Added to counts of both classes in a group, so that none of them is 0 in a logarithm. */
const SMOOTHING = 0.5;
const N_FOLDS = 2;

interface Group {
  count: number;
  sum: number;
  squares: number;
}

/**
 * The relation over rows where the target is known.
 * @param numbers the column's values where it has an order, NaN for missing; its AUC is of these
 */
export function targetRelation(
  groups: TargetGroups,
  numbers: Float64Array | undefined,
  target: TargetRows,
): Omit<TargetRelation, 'nRows' | 'isSampled'> {
  const sums = groupSums(groups, target);
  const area = target.task === 'binary' ? columnAuc(groups, numbers, target.values) : null;
  return {
    groups: sums.map((group, i) => groupOf(groups.labels[i] as string, group, target.task)),
    informationValue: target.task === 'binary' ? informationValue(sums) : null,
    auc: area,
    strength: strengthOf(groups, sums, target, area),
  };
}

function groupSums({ codes, labels }: TargetGroups, { values }: TargetRows): Group[] {
  const groups = labels.map((): Group => ({ count: 0, sum: 0, squares: 0 }));
  for (let row = 0; row < codes.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    const group = groups[codes[row] as number] as Group;
    group.count += 1;
    group.sum += value;
    group.squares += value * value;
  }
  return groups;
}

function groupOf(label: string, { count, sum, squares }: Group, task: TargetRows['task']): TargetGroup {
  if (task === 'multiclass' || count === 0) return { label, count, rate: null, low: null, high: null };
  const rate = sum / count;
  if (task === 'binary') {
    const [low, high] = wilsonInterval(sum, count);
    return { label, count, rate, low, high };
  }
  const half = NORMAL_975 * Math.sqrt(Math.max(0, squares / count - rate * rate) / Math.max(1, count - 1));
  return { label, count, rate: finite(rate), low: finite(rate - half), high: finite(rate + half) };
}

function informationValue(groups: readonly Group[]): number | null {
  const positives = groups.reduce((sum, group) => sum + group.sum, 0);
  const negatives = groups.reduce((sum, group) => sum + group.count - group.sum, 0);
  if (positives === 0 || negatives === 0) return null;
  return groups.reduce((sum, group) => {
    if (group.count === 0) return sum;
    const isPure = group.sum === 0 || group.sum === group.count;
    const extra = isPure ? SMOOTHING : 0;
    const p = (group.sum + extra) / positives;
    const q = (group.count - group.sum + extra) / negatives;
    return sum + (p - q) * Math.log(p / q);
  }, 0);
}

/** Of numbers their own order; of categories the rate of their group in the other half of the rows, so that chance gains nothing. */
function columnAuc(groups: TargetGroups, numbers: Float64Array | undefined, target: Float64Array): number | null {
  const scores = numbers === undefined ? otherHalfRates(groups, target) : numbers;
  const known = target.map((value, row) => Number(!Number.isNaN(value) && !Number.isNaN(scores[row])));
  const nKnown = known.reduce((sum, flag) => sum + flag, 0);
  const kept = new Float64Array(nKnown);
  const labels = new Float64Array(nKnown);
  let n = 0;
  for (let row = 0; row < target.length; row++) {
    if (known[row] === 0) continue;
    kept[n] = scores[row] as number;
    labels[n++] = target[row] as number;
  }
  const area = n === 0 ? Number.NaN : auc(labels, kept);
  return Number.isNaN(area) ? null : numbers === undefined ? Math.max(0.5, area) : Math.max(area, 1 - area);
}

function otherHalfRates({ codes, labels }: TargetGroups, target: Float64Array): Float64Array {
  const sums = new Float64Array(N_FOLDS * labels.length);
  const counts = new Float64Array(N_FOLDS * labels.length);
  for (let row = 0; row < codes.length; row++) {
    if (Number.isNaN(target[row])) continue;
    const at = (row % N_FOLDS) * labels.length + (codes[row] as number);
    sums[at] = (sums[at] as number) + (target[row] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rate = sums.reduce((sum, count) => sum + count, 0) / total;
  return Float64Array.from(codes, (code, row) => {
    const at = ((row + 1) % N_FOLDS) * labels.length + code;
    return ((sums[at] as number) + rate) / ((counts[at] as number) + 1);
  });
}

function strengthOf(groups: TargetGroups, sums: readonly Group[], target: TargetRows, area: number | null): number {
  if (target.task === 'binary') return area === null ? 0 : 2 * area - 1;
  if (target.task === 'regression') return Math.sqrt(explainedShare(sums));
  const classes = Int32Array.from(target.values, (value) => (Number.isNaN(value) ? -1 : value));
  const v = cramersV(contingency(groups.codes, classes, groups.labels.length, target.nClasses));
  return Number.isNaN(v) ? 0 : v;
}

/** Of the target's variance, the part between groups (with the groups' number allowed for). */
function explainedShare(groups: readonly Group[]): number {
  const n = groups.reduce((sum, { count }) => sum + count, 0);
  const mean = groups.reduce((sum, group) => sum + group.sum, 0) / n;
  const used = groups.filter(({ count }) => count > 0);
  const total = used.reduce((sum, { squares }) => sum + squares, 0) - n * mean * mean;
  const between = used.reduce((sum, group) => sum + group.count * (group.sum / group.count - mean) ** 2, 0);
  if (!(total > 0) || n <= used.length) return 0;
  return Math.min(1, Math.max(0, 1 - ((total - between) / (n - used.length)) * ((n - 1) / total)));
}
