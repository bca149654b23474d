// Numbers over the rows in order: autocorrelation, stationarity, seasons and gaps.

import { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import { ascendingOrder } from '../evaluation/ascending-order.js';
import type { ColumnProfile, SeriesStatistics } from './column-profile-types.js';
import { finite } from './finite.js';
import type { RowStore } from './row-store.js';
import { autocorrelation, partialAutocorrelation } from './series/autocorrelation.js';
import { dickeyFuller } from './series/dickey-fuller.js';
import { seasonalPeriods } from './series/seasonal-periods.js';
import { NORMAL_975 } from './statistics/wilson-interval.js';

/** How series are read. */
export interface SeriesRequest {
  /** Column that orders the rows; undefined for their own order. */
  readonly timeColumn: string | undefined;
  /** Share of the spectrum from which a period is a season. */
  readonly threshold: number;
  /** Largest p of a stationary series. */
  readonly stationary: number;
  readonly slice: TimeSlice;
}

const MAX_LAGS = 40;
const N_POINTS = 300;
/** Fewer values are no series. */
const MIN_VALUES = 10;

/**
 * Statistics of the numeric columns by position.
 * @throws COLUMN_MISSING where there is no such time column
 */
export async function seriesStatistics(
  columns: readonly ColumnProfile[],
  rows: RowStore,
  request: SeriesRequest,
): Promise<ReadonlyMap<number, SeriesStatistics>> {
  const order = timeOrder(columns, rows, request.timeColumn);
  const found = new Map<number, SeriesStatistics>();
  for (const column of columns) {
    const kept = rows.column(column.index);
    if (kept.kind !== 'number' || (column.type !== 'numeric' && column.type !== 'categorical')) continue;
    const values = order === undefined ? kept.values : Float64Array.from(order, (row) => kept.values[row] as number);
    const statistics = statisticsOf(values, request);
    if (statistics !== undefined) found.set(column.index, statistics);
    if (request.slice.due()) await request.slice.pause();
  }
  return found;
}

/** Rows by time, those without one left out. */
function timeOrder(columns: readonly ColumnProfile[], rows: RowStore, name: string | undefined): number[] | undefined {
  if (name === undefined) return undefined;
  const column = columns.find((other) => other.name === name);
  const kept = column && rows.column(column.index);
  if (kept?.kind !== 'datetime' && kept?.kind !== 'number') {
    throw new TabwrightError('COLUMN_MISSING', `profile: there is no time column ${name} of dates or numbers`);
  }
  const known = [...kept.values.keys()].filter((row) => !Number.isNaN(kept.values[row]));
  const order = ascendingOrder(Float64Array.from(known, (row) => kept.values[row] as number));
  return Array.from(order, (position) => known[position] as number);
}

function statisticsOf(all: Float64Array, { threshold, stationary }: SeriesRequest): SeriesStatistics | undefined {
  const values = all.filter((value) => Number.isFinite(value));
  const n = values.length;
  if (n < MIN_VALUES) return undefined;
  const acf = autocorrelation(values, Math.min(MAX_LAGS, Math.floor(n / 2) - 1));
  const adf = dickeyFuller(values);
  const periods = seasonalPeriods(values);
  const rowsPerPoint = Math.max(1, Math.ceil(all.length / N_POINTS));
  return {
    nRows: n,
    acf,
    pacf: partialAutocorrelation(acf),
    bound: NORMAL_975 / Math.sqrt(n),
    adf,
    isStationary: adf && adf.p < stationary,
    periods,
    isSeasonal: (periods[0]?.share ?? 0) >= threshold,
    gaps: gapsOf(all),
    line: lineOf(all, rowsPerPoint),
    rowsPerPoint,
  };
}

function gapsOf(values: Float64Array): SeriesStatistics['gaps'] {
  let count = 0;
  let longest = 0;
  let run = 0;
  for (const value of values) {
    run = Number.isNaN(value) ? run + 1 : 0;
    if (run === 1) count += 1;
    longest = Math.max(longest, run);
  }
  return { count, longest };
}

function lineOf(values: Float64Array, rowsPerPoint: number): (number | null)[] {
  return Array.from({ length: Math.ceil(values.length / rowsPerPoint) }, (_, i) => {
    const part = values.subarray(i * rowsPerPoint, (i + 1) * rowsPerPoint).filter((value) => Number.isFinite(value));
    return part.length === 0 ? null : finite(part.reduce((sum, value) => sum + value, 0) / part.length);
  });
}
