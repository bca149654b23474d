// SHAP values of many rows (Lundberg et al., 2020, figure 4): one row of dots a feature, placed by value, coloured by the feature's.
import { scaleLinear } from 'd3-scale';
import { escapeMarkup } from './escape-markup.js';
import { extentOf } from './extent-of.js';
import { formatCount, formatNumber, formatTicks } from './format-number.js';
import { PLOT_PADDING, plotSvg, px, TITLE_HEIGHT } from './plot-svg.js';
import { fitText, textWidth } from './text-width.js';

const ROW_HEIGHT = 26;
const NAME_FONT = 12;
/** Dots of one place lie above and below each other, this far apart. */
const DOT = 3;
const COLOURS = 5;
const KEY_HEIGHT = 30;

/** What one feature adds to the score of each row. */
export interface FeatureShap {
  readonly name: string;
  /** [nRows]. */
  readonly shap: Float64Array;
  /** The feature's own values [nRows], for the colours; NaN, or absent for categories, is grey. */
  readonly values?: Float64Array | undefined;
}

/** Draws the features with the largest mean of absolute values, as SVG. */
export function shapPlot(features: readonly FeatureShap[], { limit = 15, width = 560 } = {}): string {
  const ranked = features.map((feature) => ({ ...feature, size: meanSize(feature.shap) }));
  const shown = ranked.toSorted((a, b) => b.size - a.size).slice(0, limit);
  const nameWidth = Math.min(Math.max(0, ...shown.map(({ name }) => textWidth(name, NAME_FONT))), width * 0.4);
  const left = Math.ceil(PLOT_PADDING + nameWidth + 12);
  const top = TITLE_HEIGHT + 10;
  const bottom = top + Math.max(1, shown.length) * ROW_HEIGHT;
  const x = scaleLinear(extentOf([...shown.map(({ shap }) => shap), [0]]), [left, width - PLOT_PADDING - 10]).nice(6);
  const ticks = x.ticks(6);
  const labels = formatTicks(ticks);
  const [largest] = shown;
  const description = `What each feature adds to the score of ${formatCount(largest?.shap.length ?? 0)} rows.${largest === undefined ? '' : ` ${largest.name} adds most, ${formatNumber(largest.size)} on average either way.`}`;
  const body = [
    `<path class="grid" d="${ticks.map((tick) => `M${px(x(tick))} ${top}V${bottom}`).join('')}"/>`,
    `<path class="axis" d="M${px(x(0))} ${top}V${bottom}"/>`,
    ...ticks.map((tick, i) => text(x(tick), bottom + 14, labels[i] as string, 'middle')),
    text((left + width - PLOT_PADDING) / 2, bottom + 30, 'SHAP value: added to the score', 'middle'),
    ...shown.map((feature, i) => row(feature, top + (i + 0.5) * ROW_HEIGHT, left, x)),
    shown.length === 0
      ? text(left, top + ROW_HEIGHT / 2, 'The model has no features', 'start')
      : colourKey(bottom + 40),
  ];
  return plotSvg({ title: 'SHAP values', description, width, height: bottom + 40 + KEY_HEIGHT }, body.join(''));
}

function meanSize(shap: Float64Array): number {
  return shap.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, shap.length);
}

function row({ name, shap, values }: FeatureShap, middle: number, left: number, x: (value: number) => number): string {
  const colours = coloursOf(shap.length, values);
  const dots = Array.from({ length: COLOURS + 1 }, () => new Set<string>());
  const taken = new Map<number, number>();
  for (const [i, value] of shap.entries()) {
    const place = Math.round(x(value) / DOT);
    const nBefore = taken.get(place) ?? 0;
    taken.set(place, nBefore + 1);
    const shift = Math.ceil(nBefore / 2) * (nBefore % 2 === 0 ? 1 : -1) * (DOT / 2);
    const y = middle + Math.max(-0.45, Math.min(0.45, shift / ROW_HEIGHT)) * ROW_HEIGHT;
    dots[colours[i] as number]?.add(`M${px(place * DOT)} ${px(y)}h0`);
  }
  const shownName = escapeMarkup(fitText(name, NAME_FONT, left - PLOT_PADDING - 12));
  return [
    `<text class="name" x="${left - 12}" y="${px(middle + 4)}" text-anchor="end">${shownName}<title>${escapeMarkup(name)}</title></text>`,
    ...dots.map((own, colour) => (own.size === 0 ? '' : `<path class="points v${colour}" d="${[...own].join('')}"/>`)),
  ].join('');
}

/** 1 to COLOURS by the rank of the value among the rows, 0 where there is none. */
function coloursOf(nRows: number, values: Float64Array | undefined): number[] {
  const sorted = values?.filter((value) => !Number.isNaN(value)).sort() ?? new Float64Array(0);
  return Array.from({ length: nRows }, (_, i) => {
    const value = values?.[i] ?? Number.NaN;
    if (Number.isNaN(value)) return 0;
    const rank = (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 / Math.max(1, sorted.length - 1);
    return 1 + Math.min(COLOURS - 1, Math.floor(rank * COLOURS));
  });
}

function colourKey(top: number): string {
  const dots = Array.from({ length: COLOURS }, (_, i) => {
    return `<path class="points v${i + 1}" d="M${PLOT_PADDING + 6 + i * 8} ${top + 8}h0"/>`;
  });
  const after = PLOT_PADDING + 6 + COLOURS * 8;
  return [
    ...dots,
    `<text x="${after}" y="${top + 12}">low to high value of the feature</text>`,
    `<path class="points v0" d="M${after + 190} ${top + 8}h0"/>`,
    `<text x="${after + 198}" y="${top + 12}">category or missing</text>`,
  ].join('');
}

function text(x: number, y: number, label: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escapeMarkup(label)}</text>`;
}
