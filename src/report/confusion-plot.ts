import { escapeMarkup } from './escape-markup.js';
import { formatCount, formatNumber, formatPercent } from './format-number.js';
import { PLOT_PADDING, plotSvg, px, TITLE_HEIGHT } from './plot-svg.js';
import { fitText, textWidth } from './text-width.js';

const LABEL_FONT = 12;
/** Leaves room for the words above the matrix. */
const NARROWEST = 270;
const WIDEST_CELL = 96;
const HIGHEST_CELL = 64;
/** The narrowest cell with a share under its count, with a count, and at all. */
const SHARE_CELL = 52;
const COUNT_CELL = 38;
const PLAIN_CELL = 18;
/** Up to this many classes, cells are wide enough for counts. */
const MOST_COUNTED = 15;
/** Fills come in steps of 1 / this. */
const FILL_STEPS = 20;

/** What a confusion plot shows. */
export interface Confusion {
  /** Class labels in order of position. */
  readonly labels: readonly string[];
  /** [nClasses * nClasses] rows by true (row) and predicted (column) class, row-major. */
  readonly counts: ArrayLike<number>;
}

/**
 * Counts by true and predicted class as SVG; the fill is the share of the true class. As wide as its
 * cells: narrower than `width` with few classes, wider with many.
 */
export function confusionPlot(confusion: Confusion, width = 400): string {
  const { labels } = confusion;
  const nameWidth = Math.min(Math.max(...labels.map((label) => textWidth(label, LABEL_FONT))), width * 0.3);
  const left = Math.ceil(PLOT_PADDING + nameWidth + 10);
  const fitted = Math.floor((width - PLOT_PADDING - left) / labels.length);
  const narrowest = labels.length <= MOST_COUNTED ? COUNT_CELL : PLAIN_CELL;
  const cell = Math.min(Math.max(fitted, narrowest), WIDEST_CELL);
  const upright = labels.some((label) => textWidth(label, LABEL_FONT) > cell - 4);
  const top = Math.ceil(TITLE_HEIGHT + 24 + (upright ? nameWidth + 10 : 20));
  const grid: Grid = { left, top, cell, cellHeight: Math.min(cell, HIGHEST_CELL), nameWidth, upright };
  const body = [
    `<text x="${PLOT_PADDING}" y="${TITLE_HEIGHT + 12}">Actual class by row, predicted by column</text>`,
    gridLines(labels.length, grid),
    ...fills(confusion, grid),
    ...labels.map((label, i) => columnName(label, i, grid) + rowName(label, i, grid) + numbers(confusion, i, grid)),
  ];
  const height = top + labels.length * grid.cellHeight + PLOT_PADDING;
  const fullWidth = Math.max(NARROWEST, left + labels.length * cell + PLOT_PADDING);
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

function gridLines(nClasses: number, { left, top, cell, cellHeight }: Grid): string {
  const lines = Array.from({ length: nClasses + 1 }, (_, i) => {
    return `M${left + i * cell} ${top}v${nClasses * cellHeight}M${left} ${top + i * cellHeight}h${nClasses * cell}`;
  });
  return `<path class="grid" d="${lines.join('')}"/>`;
}

/** One path for each strength of fill, right (on the diagonal) or wrong. */
function fills({ labels, counts }: Confusion, { left, top, cell, cellHeight }: Grid): string[] {
  const paths = new Map<string, string>();
  for (let row = 0; row < labels.length; row++) {
    const shares = rowShares(counts, row, labels.length);
    shares.forEach((share, column) => {
      const strength = Math.ceil(share * FILL_STEPS) / FILL_STEPS;
      if (strength === 0) return;
      const key = `class="${row === column ? 'right' : 'wrong'}" fill-opacity="${strength}"`;
      const square = `M${left + column * cell + 0.5} ${top + row * cellHeight + 0.5}h${cell - 1}v${cellHeight - 1}h${1 - cell}z`;
      paths.set(key, (paths.get(key) ?? '') + square);
    });
  }
  return [...paths].map(([attributes, path]) => `<path ${attributes} d="${path}"/>`);
}

function numbers({ labels, counts }: Confusion, row: number, { left, top, cell, cellHeight }: Grid): string {
  if (cell < COUNT_CELL) return '';
  const hasShare = cell >= SHARE_CELL;
  const middle = top + (row + 0.5) * cellHeight;
  const texts = rowShares(counts, row, labels.length).map((share, column) => {
    const x = px(left + (column + 0.5) * cell);
    const count = counts[row * labels.length + column] as number;
    const countText = `<text class="ink" x="${x}" y="${px(middle + (hasShare ? -2 : 4))}">${formatNumber(count)}</text>`;
    return hasShare
      ? `${countText}<text class="ink" x="${x}" y="${px(middle + 13)}">${formatPercent(share)}</text>`
      : countText;
  });
  return `<g text-anchor="middle">${texts.join('')}</g>`;
}

/** Shares of a true class by predicted class; 0 for a class with no rows. */
function rowShares(counts: ArrayLike<number>, row: number, nClasses: number): number[] {
  const rowCounts = Array.from({ length: nClasses }, (_, column) => counts[row * nClasses + column] as number);
  const total = rowCounts.reduce((sum, count) => sum + count, 0);
  return rowCounts.map((count) => (total === 0 ? 0 : count / total));
}

function inWords({ labels, counts }: Confusion): string {
  const all = Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0);
  const right = all.filter((_, cell) => cell % (labels.length + 1) === 0).reduce((sum, count) => sum + count, 0);
  return `Rows by true and predicted class, ${formatCount(labels.length)} classes: ${formatCount(right)} of ${formatCount(total)} are right, ${formatPercent(right / total)}.`;
}
