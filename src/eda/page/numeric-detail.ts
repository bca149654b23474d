import { dataTable } from '../../report/data-table.js';
import { formatPercent } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { NumericStatistics } from '../column-profile-types.js';
import { measureLabel } from './measure-label.js';
import { shareLabel } from './share-label.js';

const MONOTONICITY = {
  increasing: 'never falls',
  strictlyIncreasing: 'always rises',
  decreasing: 'never rises',
  strictlyDecreasing: 'always falls',
  none: 'none',
} as const;

/** Quantiles, and the statistics that the head of a column does not say. */
export function numericDetail(numeric: NumericStatistics): Markup {
  return html`${quantiles(numeric)}${statistics(numeric)}`;
}

function quantiles({ quantiles: found, minimum, maximum }: NumericStatistics): Markup {
  if (found === null) return html``;
  const { q05, q25, q50, q75, q95, isExact, rankError } = found;
  const names = ['5%', '25%', 'Median', '75%', '95%', 'Maximum'];
  const values = [minimum, q05, q25, q50, q75, q95, maximum].map((value) => measureLabel(value));
  const note = isExact
    ? ''
    : html`<p class="mu">Estimated; ranks may be off by ${formatPercent(rankError)} of the rows.</p>`;
  return html`<div class="x">${dataTable({ caption: 'Quantiles', head: ['Minimum', ...names], rows: [values] })}</div>${note}`;
}

function statistics(numeric: NumericStatistics): Markup {
  const rows: [string, string][] = [
    ['Variance', measureLabel(numeric.variance)],
    ['Coefficient of variation', measureLabel(numeric.cv)],
    ['Kurtosis (excess)', measureLabel(numeric.kurtosis)],
    ['Median absolute deviation', measureLabel(numeric.mad)],
    ['Interquartile range', measureLabel(numeric.iqr)],
    ['Range', measureLabel(numeric.range)],
    ['Sum', measureLabel(numeric.sum)],
    ['Negative', shareLabel(numeric.negative)],
    ['Infinite', shareLabel(numeric.infinite)],
    ['Order', MONOTONICITY[numeric.monotonicity]],
  ];
  if (numeric.outliers !== null) {
    rows.push(['Beyond 1.5 interquartile ranges', shareLabel(numeric.outliers.far)]);
    rows.push(['Beyond 3 interquartile ranges', shareLabel(numeric.outliers.extreme)]);
  }
  if (numeric.uniformity !== null) rows.push(['Uniform, p of chi-squared', measureLabel(numeric.uniformity.p)]);
  return html`<details><summary>All statistics</summary>${dataTable({ head: ['Statistic', 'Value'], rows })}</details>`;
}
