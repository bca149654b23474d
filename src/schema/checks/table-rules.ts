// The rules that a column keeps or breaks as a whole: share of missing cells, mean, spread, quantiles, newest date.
import { DAY_MS } from '../../core/day-ms.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import type { Bounded, ColumnRules } from './check-options.js';
import { missingAt } from './row-rules.js';

/** A rule about a whole column. */
export interface WholeRule {
  /** In words: "mean must be in [0, 1]". */
  readonly rule: string;
  /** The number the rule is about; NaN where the column has none (of another kind, or no value), which breaks the rule. */
  measure(column: Column, now: number): number;
  readonly bounds: Bounded;
}

/** The rules of a column, in a fixed order. */
export function wholeRules({ maxMissing, mean, sd, quantiles, newestDays }: ColumnRules): WholeRule[] {
  const rules: WholeRule[] = [];
  if (maxMissing !== undefined) {
    const rule = `share of missing cells must be <= ${maxMissing}`;
    rules.push({ rule, measure: missingShare, bounds: { max: maxMissing } });
  }
  if (mean !== undefined) rules.push(statistic('mean', mean, meanOf));
  if (sd !== undefined) rules.push(statistic('standard deviation', sd, sdOf));
  for (const [share, bounds] of quantiles) {
    rules.push(statistic(`quantile ${share}`, bounds, (values) => quantileOf(values, share)));
  }
  if (newestDays !== undefined) {
    const rule = `newest date must be at most ${newestDays} days old`;
    rules.push({ rule, measure: ageInDays, bounds: { max: newestDays } });
  }
  return rules;
}

/** Whether a number is within bounds; NaN is not. */
export function isWithin(value: number, { min, max }: Bounded): boolean {
  return !Number.isNaN(value) && !(min !== undefined && value < min) && !(max !== undefined && value > max);
}

/** "must be in [0, 1]", "must be >= 0". */
export function boundsInWords({ min, max }: Bounded): string {
  if (min !== undefined && max !== undefined) return `must be in [${min}, ${max}]`;
  return min === undefined ? `must be <= ${max}` : `must be >= ${min}`;
}

function statistic(name: string, bounds: Bounded, of: (present: Float64Array) => number): WholeRule {
  return {
    rule: `${name} ${boundsInWords(bounds)}`,
    measure: (column) =>
      column instanceof Float64Array ? of(column.filter((value) => !Number.isNaN(value))) : Number.NaN,
    bounds,
  };
}

/** 0 of no rows. */
function missingShare(column: Column): number {
  const isMissing = missingAt(column);
  let count = 0;
  for (let row = 0; row < column.length; row++) if (isMissing(row)) count += 1;
  return count / Math.max(1, column.length);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Two passes, divided by n - 1; NaN of fewer than two values. */
function sdOf(values: Float64Array): number {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

/** Linear interpolation between the two nearest values; sorts the values it is given. */
function quantileOf(values: Float64Array, share: number): number {
  values.sort();
  const position = share * (values.length - 1);
  const low = values[Math.floor(position)];
  const high = values[Math.ceil(position)];
  if (low === undefined || high === undefined) return Number.NaN;
  return low === high ? low : low + (high - low) * (position - Math.floor(position));
}

function ageInDays(column: Column, now: number): number {
  if (!(column instanceof DateColumn)) return Number.NaN;
  let newest = Number.NaN;
  for (const ms of column.epochMs) if (!(ms <= newest) && !Number.isNaN(ms)) newest = ms;
  return (now - newest) / DAY_MS;
}
