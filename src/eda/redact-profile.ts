// Takes every cell out of a profile: values, orders, edges and words go; counts, shares and moments of several rows stay.
import type {
  ColumnProfile,
  NumericStatistics,
  TargetGroup,
  TextStatistics,
  ValueCount,
} from './column-profile-types.js';
import type { Profile } from './profile-types.js';

/** Moments of fewer rows would tell their values. */
const MIN_ROWS = 5;

/** The profile without a cell of the table. */
export function redactProfile(profile: Profile): Profile {
  const { target, reproduction } = profile;
  return {
    ...profile,
    isRedacted: true,
    columns: profile.columns.map(redactColumn),
    interactions: profile.interactions.map((interaction) => ({ ...interaction, xEdges: [], yEdges: [] })),
    duplicates: { ...profile.duplicates, examples: [] },
    sample: { head: [], tail: [], random: [] },
    ...(target === undefined
      ? {}
      : { target: { ...target, positive: null, rate: target.task === 'binary' ? target.rate : null } }),
    reproduction: { ...reproduction, options: { ...reproduction.options, positive: null } },
  };
}

function redactColumn(column: ColumnProfile): ColumnProfile {
  const { numeric, top, text, dates, boolean, histogram, variants, target, series } = column;
  const isFew = column.distinct.count < 2 || column.count < MIN_ROWS;
  return {
    ...column,
    ...(numeric && { numeric: redactNumbers(numeric, isFew) }),
    ...(top && { top: { ...top, values: top.values.map(withoutValue) } }),
    ...(text && { text: redactText(text) }),
    ...(dates && {
      dates: { ...dates, minimum: null, maximum: null, medianText: null, byHour: [], byWeekday: [], byMonth: [] },
    }),
    ...(boolean && { boolean: { ...boolean, trueValue: null, falseValue: null } }),
    ...(histogram && {
      histogram: { ...histogram, edges: [], spike: histogram.spike && { value: null, count: histogram.spike.count } },
    }),
    ...(variants && { variants: { ...variants, groups: [] } }),
    ...(target && {
      target: { ...target, groups: target.groups.map(withoutLabel) },
    }),
    ...(series && { series: { ...series, line: [] } }),
  };
}

/** The rate of a few rows may be one row's target. */
function withoutLabel(group: TargetGroup): TargetGroup {
  return { ...group, label: null, ...(group.count < MIN_ROWS ? { rate: null, low: null, high: null } : {}) };
}

function withoutValue({ count, share }: ValueCount): ValueCount {
  return { value: null, count, share };
}

function redactNumbers(numeric: NumericStatistics, isFew: boolean): NumericStatistics {
  const ends = { minimum: null, maximum: null, range: null, sum: null, quantiles: null, iqr: null, mad: null };
  const moments = isFew ? { mean: null, std: null, variance: null, cv: null, skewness: null, kurtosis: null } : {};
  return { ...numeric, ...ends, ...moments, smallest: [], largest: [] };
}

function redactText(text: TextStatistics): TextStatistics {
  return { ...text, characters: [], words: [], examples: [] };
}
