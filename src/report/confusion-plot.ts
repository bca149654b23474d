import { escapeMarkup } from './escape-markup.js';
import { formatCount, formatNumber, formatPercent } from './format-number.js';
import { PLOT_PADDING, plotSvg, px, TITLE_HEIGHT } from './plot-svg.js';
import { fitText, textWidth } from './text-width.js';

const LABEL_FONT = 12;
/** Cells are this wide where the classes are few, and never narrower than the second number. */
const WIDEST_CELL = 96;
const NARROWEST_CELL = 22;
/** The narrowest cell with a share under its count, and with a count. */
const SHARE_CELL = 52;
const COUNT_CELL = 36;

/** What a confusion plot shows. */
export interface Confusion {
  /** Class labels in order of position. */
  readonly labels: readonly string[];
  /** [nClasses * nClasses] rows by true (row) and predicted (column) class, row-major. */
  readonly counts: ArrayLike<number>;
}

/** Counts by true and predicted class as SVG; the fill is the share of the true class. Grows past `width` with many classes. */
export function confusionPlot(confusion: Confusion, width = 400): string {
  const { labels } = confusion;
  const nameWidth = Math.min(Math.max(...labels.map((label) => textWidth(label, LABEL_FONT))), width * 0.3);
  const left = Math.ceil(PLOT_PADDING + nameWidth + 10);
  const fitted = Math.floor((width - PLOT_PADDING - left) / labels.length);
  const cell = Math.min(Math.max(fitted, NARROWEST_CELL), WIDEST_CELL);
  const upright = labels.some((label) => textWidth(label, LABEL_FONT) > cell - 4);
  const top = Math.ceil(TITLE_HEIGHT + 24 + (upright ? nameWidth + 10 : 20));
  const grid: Grid = { left, top, cell, cellHeight: Math.min(cell, 64), nameWidth, upright };
  const body = [
    `<text x="${left}" y="${TITLE_HEIGHT + 12}">Predicted →</text><text x="${PLOT_PADDING}" y="${TITLE_HEIGHT + 12}">Actual ↓</text>`,
    ...labels.map((label, i) => columnName(label, i, grid) + rowName(label, i, grid) + cells(confusion, i, grid)),
  ];
  const height = top + labels.length * grid.cellHeight + PLOT_PADDING;
  const fullWidth = Math.max(width, left + labels.length * cell + PLOT_PADDING);
  return plotSvg(
    { title: 'Confusion matrix', description: inWords(confusion), width: fullWidth, height },
    body.join(''),
  );
}

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly cellHeight: number;
  readonly nameWidth: number;
  /** Whether column names run upwards, for want of width. */
  readonly upright: boolean;
}

function columnName(name: string, column: number, { left, top, cell, nameWidth, upright }: Grid): string {
  const x = px(left + (column + 0.5) * cell + (upright ? 4 : 0));
  const placed = upright ? `transform="rotate(-90 ${x} ${top - 8})"` : 'text-anchor="middle"';
  return nameText(name, nameWidth, `x="${x}" y="${top - 8}" ${placed}`);
}

function rowName(name: string, row: number, { left, top, cellHeight, nameWidth }: Grid): string {
  return nameText(name, nameWidth, `x="${left - 10}" y="${px(top + (row + 0.5) * cellHeight + 4)}" text-anchor="end"`);
}

function nameText(name: string, width: number, attributes: string): string {
  const shown = escapeMarkup(fitText(name, LABEL_FONT, width + 1));
  return `<text class="name" ${attributes}>${shown}<title>${escapeMarkup(name)}</title></text>`;
}

function cells({ labels, counts }: Confusion, row: number, grid: Grid): string {
  const rowCounts = labels.map((_, column) => counts[row * labels.length + column] as number);
  const total = rowCounts.reduce((sum, count) => sum + count, 0);
  return rowCounts
    .map((count, column) => cellMarks(count, total === 0 ? 0 : count / total, { row, column }, grid))
    .join('');
}

function cellMarks(
  count: number,
  share: number,
  { row, column }: { readonly row: number; readonly column: number },
  { left, top, cell, cellHeight }: Grid,
): string {
  const x = left + column * cell;
  const y = top + row * cellHeight;
  const hue = row === column ? 'right' : 'wrong';
  const fill = `<rect class="${hue}" x="${x + 0.5}" y="${y + 0.5}" width="${cell - 1}" height="${cellHeight - 1}" fill-opacity="${share.toFixed(2)}"/>`;
  const frame = `<rect class="grid" x="${x + 0.5}" y="${y + 0.5}" width="${cell - 1}" height="${cellHeight - 1}"/>`;
  const middle = px(x + cell / 2);
  if (cell < COUNT_CELL) return frame + fill;
  const hasShare = cell >= SHARE_CELL;
  const countText = `<text class="ink" x="${middle}" y="${px(y + cellHeight / 2 + (hasShare ? -2 : 4))}" text-anchor="middle">${formatNumber(count)}</text>`;
  if (!hasShare) return frame + fill + countText;
  const shareText = `<text class="ink" x="${middle}" y="${px(y + cellHeight / 2 + 13)}" text-anchor="middle">${formatPercent(share)}</text>`;
  return frame + fill + countText + shareText;
}

function inWords({ labels, counts }: Confusion): string {
  const all = Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0);
  const right = all.filter((_, cell) => cell % (labels.length + 1) === 0).reduce((sum, count) => sum + count, 0);
  return `Rows by true and predicted class, ${formatCount(labels.length)} classes: ${formatCount(right)} of ${formatCount(total)} are right, ${formatPercent(right / total)}.`;
}
