// Lines over two axes with a legend: the chart that ROC, precision-recall, calibration and learning curves are.
import { escapeMarkup } from './escape-markup.js';
import type { LegendEntry } from './legend.js';
import { legend } from './legend.js';
import { linePath } from './line-path.js';
import type { AxisSpec, Guide, PlotFrame } from './plot-frame.js';
import { guidePath, plotFrame } from './plot-frame.js';
import { plotSvg, px, TITLE_HEIGHT } from './plot-svg.js';

const SERIES = 4;

/** One line; points that are not finite are left out. */
export interface PlotLine {
  readonly label: string;
  /** Said after the label, such as the line's score. */
  readonly detail?: string | undefined;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Drawn thin and grey, behind the others; all such lines share the first one's entry in the legend. */
  readonly background?: boolean;
}

/** What a line chart shows. */
export interface LinePlotSpec {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly areaHeight?: number | undefined;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly lines: readonly PlotLine[];
  readonly guides?: readonly Guide[];
  readonly shape?: 'straight' | 'steps' | undefined;
  /** Whether each point gets a dot. */
  readonly dots?: boolean;
  /** Said in place of the chart where no line has a point. */
  readonly empty: string;
}

/** What a line chart is made of, for charts that add to it. */
export interface LineLayers {
  readonly frame: PlotFrame;
  /** Legend, axes and lines as SVG. */
  readonly body: string;
}

/** The chart as SVG. */
export function linePlot(spec: LinePlotSpec): string {
  const { frame, body } = lineLayers(spec);
  return plotSvg({ ...spec, height: frame.height }, body);
}

/** The chart without its outside. */
export function lineLayers(spec: LinePlotSpec): LineLayers {
  const lines = spec.lines.filter((line) => isVisible(line, spec.dots));
  const background = lines.filter((line) => line.background === true);
  const series = lines.filter((line) => line.background !== true);
  const guides = lines.length === 0 ? [] : (spec.guides ?? []);
  const names = legend(legendEntries(series, background, guides), TITLE_HEIGHT, spec.width);
  const frame = plotFrame({ ...spec, top: TITLE_HEIGHT + names.height });
  const layers = [
    names.svg,
    frame.axes,
    ...guides.map((guide) => `<path class="guide" d="${guidePath(frame, guide)}"/>`),
    ...background.map((line) => `<path class="fold" d="${path(frame, line, spec)}"/>`),
    ...series.map((line, i) => seriesMarks(frame, line, i, spec)),
    lines.length === 0 ? emptyNote(frame, spec.empty) : '',
  ];
  return { frame, body: layers.join('') };
}

function legendEntries(
  series: readonly PlotLine[],
  background: readonly PlotLine[],
  guides: readonly Guide[],
): LegendEntry[] {
  return [
    ...series.map(({ label, detail }, i) => ({ label, detail, classes: seriesClasses(i) })),
    ...background.slice(0, 1).map(({ label }) => ({ label, classes: 'fold' })),
    ...guides.map(({ label }) => ({ label, classes: 'guide' })),
  ];
}

/** A line takes two points, a dot one. */
function isVisible({ x, y }: PlotLine, dots: boolean | undefined): boolean {
  let missing = dots === true ? 1 : 2;
  for (let i = 0; i < x.length && missing > 0; i++) {
    if (Number.isFinite(x[i]) && Number.isFinite(y[i])) missing--;
  }
  return missing === 0;
}

/** Colours repeat from the fifth line on; dashes tell lines apart without colour. */
function seriesClasses(index: number): string {
  const number = (index % SERIES) + 1;
  return number === 1 ? 'line c1' : `line c${number} dash${number}`;
}

function seriesMarks(frame: PlotFrame, line: PlotLine, index: number, spec: LinePlotSpec): string {
  const marks = `<path class="${seriesClasses(index)}" d="${path(frame, line, spec)}"/>`;
  if (spec.dots !== true) return marks;
  const dots = Array.from(line.x, (x, i) => `M${at(frame, x, line.y[i] as number)}h0`);
  return `${marks}<path class="dots c${(index % SERIES) + 1}" d="${dots.join('')}"/>`;
}

function path(frame: PlotFrame, { x, y }: PlotLine, { shape }: LinePlotSpec): string {
  return linePath(scaled(x, frame.x), scaled(y, frame.y), shape);
}

function scaled(values: ArrayLike<number>, scale: (value: number) => number): Float64Array {
  const pixels = new Float64Array(values.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = scale(values[i] as number);
  return pixels;
}

function at(frame: PlotFrame, x: number, y: number): string {
  return `${px(frame.x(x))} ${px(frame.y(y))}`;
}

function emptyNote({ left, right, top, bottom }: PlotFrame, note: string): string {
  const text = escapeMarkup(note);
  return `<text class="name" x="${(left + right) / 2}" y="${(top + bottom) / 2}" text-anchor="middle">${text}</text>`;
}
