// A column as a time series: its line, its autocorrelations with the bound of white noise, stationarity and seasons.
import { dataTable } from '../../report/data-table.js';
import { formatCount, formatNumber } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { SeriesStatistics } from '../column-profile-types.js';

const WIDTH = 560;

/** The series section of a column. */
export function seriesDetail(series: SeriesStatistics): Markup {
  const { adf, periods, gaps, isStationary, rowsPerPoint } = series;
  const rows: [string, string][] = [
    ['Stationary', isStationary === null ? 'cannot be told' : isStationary ? 'yes' : 'no'],
    [
      'Augmented Dickey-Fuller',
      adf === null ? '–' : `${formatNumber(adf.statistic)} (p ${formatNumber(adf.p)}, ${adf.lags} lags)`,
    ],
    [
      'Periods in rows',
      periods.length === 0 ? 'none stands out' : periods.map(({ period }) => formatNumber(period)).join(', '),
    ],
    [
      'Runs of missing values',
      gaps.count === 0 ? 'none' : `${formatCount(gaps.count)}, longest ${formatCount(gaps.longest)} rows`,
    ],
  ];
  const points = rowsPerPoint > 1 ? `each point the mean of ${formatCount(rowsPerPoint)} rows` : 'one point a row';
  return html`<h3>Over the rows</h3>${line(series.line, `The series in order, ${points}`)}${lags('Autocorrelation', series.acf, series.bound)}${lags('Partial autocorrelation', series.pacf, series.bound)}${dataTable({ head: ['Statistic', 'Value'], rows })}`;
}

function line(values: readonly (number | null)[], description: string): Markup {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return html``;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  let path = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (value !== null)
      path += `${pen}${coordinate(i / (values.length - 1), WIDTH)} ${coordinate(1 - (value - low) / span, 100)}`;
    pen = value === null ? 'M' : 'L';
  });
  return html`<figure><figcaption>${description}; from ${formatNumber(low)} to ${formatNumber(low + span)}</figcaption><svg class="h ln" viewBox="0 -2 ${WIDTH} 104" role="img" aria-label="${description}"><path d="${path}"/></svg></figure>`;
}

function lags(name: string, values: readonly number[], bound: number): Markup {
  if (values.length < 2) return html``;
  const step = WIDTH / values.length;
  const y = (value: number): number => coordinate((1 - value) / 2, 80);
  const sticks = values
    .map((value, lag) => `M${coordinate((lag + 0.5) / values.length, WIDTH)} 40V${y(value)}`)
    .join('');
  const band = `M0 ${y(bound)}H${WIDTH}M0 ${y(-bound)}H${WIDTH}`;
  const description = `${name} at lags 0 to ${values.length - 1}; the dashed lines are the 95% bound of white noise`;
  return html`<figure><figcaption>${description}</figcaption><svg class="h lg" viewBox="0 0 ${WIDTH} 80" role="img" aria-label="${description}"><path class="g" d="M0 40H${WIDTH}"/><path class="bd" d="${band}"/><path class="st" style="stroke-width:${Math.min(8, Math.max(1, Math.round(step * 0.5)))}" d="${sticks}"/></svg></figure>`;
}

function coordinate(share: number, size: number): number {
  return Math.round(share * size * 10) / 10;
}
