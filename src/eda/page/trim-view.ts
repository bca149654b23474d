// Views of columns with fewer of their details, so that the page of a wide table stays within its size.
import type { ColumnProfile, Histogram, TopValues } from '../column-profile-types.js';
import type { ColumnView } from './column-view.js';

/** How much of a column stays. */
interface Detail {
  readonly values: number;
  readonly bins: number;
  readonly hasMore: boolean;
}

/** From everything to name, counts and type alone. */
const LEVELS: readonly Detail[] = [
  { values: Number.POSITIVE_INFINITY, bins: Number.POSITIVE_INFINITY, hasMore: true },
  { values: 8, bins: Number.POSITIVE_INFINITY, hasMore: true },
  { values: 5, bins: 25, hasMore: false },
  { values: 2, bins: 12, hasMore: false },
  { values: 0, bins: 0, hasMore: false },
];

/** How many levels there are. */
export const TRIM_LEVELS: number = LEVELS.length;

const LONGEST_NAME = 200;
const DIGITS = 6;

/** The view at a level from 0 (whole) on; numbers to six digits at every level. */
export function trimView({ column, alerts, related }: ColumnView, level: number): ColumnView {
  const detail = LEVELS[level] as Detail;
  return rounded({ column: trimColumn(column, detail), alerts, related: detail.hasMore ? related : [] });
}

function trimColumn(column: ColumnProfile, detail: Detail): ColumnProfile {
  const { numeric, text, dates, top, histogram, boolean, target, series, variants, mixed, ...base } = column;
  const named = { ...base, name: base.name.slice(0, LONGEST_NAME) };
  if (detail.values === 0) return named;
  const few = <T>(list: readonly T[]): readonly T[] => list.slice(0, detail.values);
  return {
    ...named,
    ...(numeric && { numeric: { ...numeric, smallest: few(numeric.smallest), largest: few(numeric.largest) } }),
    ...(dates && { dates }),
    ...(boolean && { boolean }),
    ...(top && { top: fewerTop(top, detail.values) }),
    ...(histogram && { histogram: fewerBins(histogram, detail.bins) }),
    ...(text && {
      text: {
        ...text,
        words: few(text.words),
        characters: few(text.characters),
        categories: few(text.categories),
        scripts: few(text.scripts),
        examples: few(text.examples),
      },
    }),
    ...(target && { target: detail.hasMore ? target : { ...target, groups: [] } }),
    ...(detail.hasMore && { ...(series && { series }), ...(variants && { variants }), ...(mixed && { mixed }) }),
  };
}

function fewerTop(top: TopValues, values: number): TopValues {
  const dropped = top.values
    .slice(values)
    .reduce((sum, { count, share }) => ({ count: sum.count + count, share: sum.share + share }), {
      count: top.other.count,
      share: top.other.share,
    });
  return { ...top, values: top.values.slice(0, values), other: dropped };
}

/** Neighbouring bins put together. */
function fewerBins(histogram: Histogram, bins: number): Histogram {
  const { edges, counts } = histogram;
  if (counts.length <= bins) return histogram;
  const together = Math.ceil(counts.length / bins);
  const starts = counts.map((_, i) => i).filter((i) => i % together === 0);
  return {
    ...histogram,
    edges: [...starts.map((i) => edges[i] as number), edges[edges.length - 1] as number],
    counts: starts.map((i) => counts.slice(i, i + together).reduce((sum, count) => sum + count, 0)),
  };
}

/** The same with numbers of six significant digits; whole numbers stay as they are. */
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, each) =>
      typeof each === 'number' && !Number.isInteger(each) ? Number(each.toPrecision(DIGITS)) : each,
    ),
  );
}
