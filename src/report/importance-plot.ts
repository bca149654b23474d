import { escapeMarkup } from './escape-markup.js';
import { formatCount, formatNumber } from './format-number.js';
import { PLOT_PADDING, plotSvg, px, TITLE_HEIGHT } from './plot-svg.js';
import { fitText, textWidth } from './text-width.js';

const ROW_HEIGHT = 22;
const BAR_HEIGHT = 14;
const NAME_FONT = 12;
const VALUE_WIDTH = 52;

/** What an input counts for in a model. */
export interface FeatureImportance {
  readonly name: string;
  /** Non-negative, in the model's unit. */
  readonly importance: number;
}

/** How to show importances. */
export interface ImportancePlotOptions {
  /** What the numbers are: "Total gain". */
  readonly measure: string;
  /** Bars at most. */
  readonly limit?: number;
  readonly width?: number;
}

/** The most important features as bars, largest first, as SVG. */
export function importancePlot(
  importances: readonly FeatureImportance[],
  { measure, limit = 20, width = 560 }: ImportancePlotOptions,
): string {
  const sorted = importances.toSorted((a, b) => b.importance - a.importance);
  const shown = sorted.slice(0, limit);
  const nameWidth = Math.min(Math.max(0, ...shown.map(({ name }) => textWidth(name, NAME_FONT))), width * 0.4);
  const left = Math.ceil(PLOT_PADDING + nameWidth + 8);
  const perUnit = (width - PLOT_PADDING - VALUE_WIDTH - left) / (shown[0]?.importance || 1);
  const rows = shown.map((feature, i) => row(feature, TITLE_HEIGHT + 22 + i * ROW_HEIGHT, left, perUnit));
  const below = TITLE_HEIGHT + 22 + shown.length * ROW_HEIGHT;
  const note = restNote(sorted.length, shown.length);
  const body = [label(TITLE_HEIGHT + 12, measure), ...rows, note === '' ? '' : label(below + 16, note)];
  const [first] = shown;
  const description = `${measure} of ${formatCount(shown.length)} features. ${first === undefined ? '' : `The largest is ${first.name} with ${formatNumber(first.importance)}.`}`;
  return plotSvg(
    { title: 'Feature importance', description, width, height: below + (note === '' ? PLOT_PADDING : 28) },
    body.join(''),
  );
}

function row({ name, importance }: FeatureImportance, top: number, left: number, perUnit: number): string {
  const length = importance * perUnit;
  const middle = top + ROW_HEIGHT / 2 + 4;
  const shownName = escapeMarkup(fitText(name, NAME_FONT, left - PLOT_PADDING - 8));
  return [
    `<text class="name" x="${left - 8}" y="${middle}" text-anchor="end">${shownName}<title>${escapeMarkup(name)}</title></text>`,
    `<rect class="bar" x="${left}" y="${top + (ROW_HEIGHT - BAR_HEIGHT) / 2}" width="${px(length)}" height="${BAR_HEIGHT}"/>`,
    `<text x="${px(left + length + 6)}" y="${middle}">${formatNumber(importance)}</text>`,
  ].join('');
}

function restNote(nFeatures: number, nShown: number): string {
  if (nFeatures === 0) return 'The model has no features';
  if (nFeatures === nShown) return '';
  if (nFeatures === nShown + 1) return '1 more feature counts for less';
  return `${formatCount(nFeatures - nShown)} more features count for less`;
}

function label(y: number, text: string): string {
  return `<text x="${PLOT_PADDING}" y="${y}">${escapeMarkup(text)}</text>`;
}
