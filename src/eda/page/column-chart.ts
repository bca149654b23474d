// The large chart of a column: a histogram of values, dates or lengths of text.
import { scaleUtc } from 'd3-scale';
import { formatNumber } from '../../report/format-number.js';
import type { HistogramChart } from '../../report/histogram-chart.js';
import { histogramChart } from '../../report/histogram-chart.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { ColumnProfile, Histogram } from '../column-profile-types.js';
import { dateLabel } from './date-label.js';

/** Draws a column's histogram at a width; nothing where there are no bins. */
export type ColumnChart = (column: ColumnProfile) => Markup;

/** Charts of a size. */
export function columnChart(width: number, height: number): ColumnChart {
  return (column) => {
    const { histogram, numeric } = column;
    if (histogram === undefined || histogram.edges.length < 2) return html``;
    const median = histogram.of === 'value' ? numeric?.quantiles?.q50 : undefined;
    const isHidden = median === undefined || median === histogram.spike?.value;
    return histogramChart(
      {
        description: describe(column.name, histogram, median),
        edges: histogram.edges,
        counts: histogram.counts,
        isInteger: histogram.isInteger,
        mark: isHidden ? undefined : { at: median, label: `median ${formatNumber(median)}` },
        ticks: histogram.of === 'epochMs' ? dateTicks(histogram.edges, width) : undefined,
      },
      width,
      height,
    );
  };
}

function describe(name: string, { of, edges, counts }: Histogram, median: number | undefined): string {
  const low = edges[0] as number;
  const high = edges[edges.length - 1] as number;
  const end = (value: number): string => (of === 'epochMs' ? dateLabel(value, high - low) : formatNumber(value));
  const what = of === 'length' ? `lengths of the text in ${name}` : name;
  const middle = median === undefined ? '' : `; median ${formatNumber(median)}`;
  return `Histogram of ${what}: ${counts.length} bins from ${end(low)} to ${end(high)}${middle}`;
}

function dateTicks(edges: readonly number[], width: number): HistogramChart['ticks'] {
  const low = edges[0] as number;
  const high = edges[edges.length - 1] as number;
  const scale = scaleUtc([low, high], [0, 1]);
  const label = scale.tickFormat();
  return scale.ticks(width < 420 ? 3 : 6).map((date) => ({ at: date.getTime(), label: label(date) }));
}
