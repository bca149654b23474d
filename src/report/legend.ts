import { escapeMarkup } from './escape-markup.js';
import { PLOT_PADDING } from './plot-svg.js';
import { fitText, textWidth } from './text-width.js';

const FONT_SIZE = 12;
const SWATCH = 22;
const GAP = 18;
const ROW_HEIGHT = 18;

/** One line of a chart by name. */
export interface LegendEntry {
  readonly label: string;
  /** Said after the label and never cut off: "AUC 0.9055". */
  readonly detail?: string | undefined;
  /** Classes of the line. */
  readonly classes: string;
}

/** Names beside pieces of their lines, in as many rows as the width needs. */
export function legend(
  entries: readonly LegendEntry[],
  top: number,
  width: number,
): { readonly svg: string; readonly height: number } {
  let x = PLOT_PADDING;
  let y = top + ROW_HEIGHT / 2;
  let svg = '';
  for (const { label, detail, classes } of entries) {
    const ending = detail === undefined ? '' : `, ${detail}`;
    const room = width - 2 * PLOT_PADDING - SWATCH - textWidth(ending, FONT_SIZE);
    const text = fitText(label, FONT_SIZE, room) + ending;
    const entryWidth = SWATCH + textWidth(text, FONT_SIZE);
    if (x > PLOT_PADDING && x + entryWidth > width - PLOT_PADDING) {
      x = PLOT_PADDING;
      y += ROW_HEIGHT;
    }
    svg += `<path class="${classes}" d="M${x} ${y}h16"/><text class="name" x="${x + SWATCH}" y="${y + 4}">${escapeMarkup(text)}</text>`;
    x = Math.ceil(x + entryWidth + GAP);
  }
  return { svg, height: entries.length === 0 ? 0 : y + ROW_HEIGHT / 2 - top };
}
