// The outside of every chart: an SVG document that reads, prints and changes colour scheme with no page around it.
import { escapeMarkup } from './escape-markup.js';
import { standalonePlotCss } from './plot-css.js';
import { fitText } from './text-width.js';

/** Space between the edge of a chart and what is in it, px. */
export const PLOT_PADDING = 12;
/** Height of the title above a chart, px. */
export const TITLE_HEIGHT = 28;

/** What a chart is, in words and px. */
export interface PlotHead {
  /** Stands above the chart. */
  readonly title: string;
  /** Says in a sentence or two what the chart shows, for those who do not see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/**
 * A chart as a self-contained SVG document, which can also be set into a page that has `pagePlotCss`.
 * @param body SVG markup, escaped
 */
export function plotSvg({ title, description, width, height }: PlotHead, body: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(description)}</desc><style>${standalonePlotCss()}</style>`,
    `<rect class="bg" width="${width}" height="${height}"/>`,
    `<text class="title" x="${PLOT_PADDING}" y="20">${escapeMarkup(fitText(title, 13, width - 2 * PLOT_PADDING))}</text>`,
    `${body}</svg>`,
  ].join('');
}

/** A coordinate with one decimal, which is finer than a screen. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
