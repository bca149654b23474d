import { dataTable } from '../../report/data-table.js';
import { formatCount } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { BarValue } from '../../report/value-bars.js';
import { valueBars } from '../../report/value-bars.js';
import type { DateStatistics } from '../column-profile-types.js';
import { instantLabel } from './date-label.js';
import { durationLabel } from './duration-label.js';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Span, steps and gaps of dates, and how they fall into hours, weekdays and months. */
export function dateDetail(dates: DateStatistics): Markup {
  const { suspicious, stepMs, nGaps, largestGapMs } = dates;
  const rows: [string, string][] = [
    ['Span', durationLabel(dates.rangeMs)],
    ['Median', dates.medianText === null ? '–' : instantLabel(dates.medianText)],
    ['Most frequent step', stepMs === null ? '–' : durationLabel(stepMs)],
    ['Gaps of over two steps', nGaps === null ? '–' : formatCount(nGaps)],
    ['Largest gap', largestGapMs === null ? '–' : durationLabel(largestGapMs)],
    ['In order', dates.isSorted ? 'yes' : 'no'],
    ['In the future', formatCount(suspicious.future)],
    ['Before 1900', formatCount(suspicious.before1900)],
    ['1970-01-01 at midnight', formatCount(suspicious.epoch)],
    ['Likely placeholders', formatCount(suspicious.placeholder)],
  ];
  const hours = dates.byHour.map((_, hour) => `${String(hour).padStart(2, '0')}:00`);
  return html`${dataTable({ head: ['Statistic', 'Value'], rows })}<details><summary>By weekday, month and hour (UTC)</summary>${bars('Weekdays', WEEKDAYS, dates.byWeekday)}${bars('Months', MONTHS, dates.byMonth)}${!dates.isDateOnly && bars('Hours', hours, dates.byHour)}</details>`;
}

function bars(caption: string, labels: readonly string[], counts: readonly number[]): Markup {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return html``;
  return valueBars(
    caption,
    counts.map((count, i): BarValue => ({ label: labels[i] as string, count, share: count / total })),
  );
}
