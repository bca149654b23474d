// Axes: ticks, gridlines and labels around the area that a chart draws in.
import type { ScaleLinear } from 'd3-scale';
import { scaleLinear } from 'd3-scale';
import { escapeMarkup } from './escape-markup.js';
import { formatTicks } from './format-number.js';
import { PLOT_PADDING, px } from './plot-svg.js';
import { textWidth } from './text-width.js';

const Y_LABEL_HEIGHT = 22;
const X_AXIS_HEIGHT = 42;
const TICK_FONT = 11;

/** One axis. */
export interface AxisSpec {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Only whole numbers get a tick. */
  readonly whole?: boolean;
}

/** Where a chart lies in its SVG, and what its axes show. */
export interface FrameSpec {
  readonly width: number;
  readonly top: number;
  /** Height of the drawing area, px; as high as wide where absent. */
  readonly areaHeight?: number | undefined;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
}

/** The area to draw in. */
export interface PlotFrame {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Height of the whole chart down to the last label. */
  readonly height: number;
  /** Gridlines, tick labels and axis labels as SVG. */
  readonly axes: string;
}

/** A line to compare with, in the units of the axes; infinite ends reach the edge. */
export interface Guide {
  readonly label: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** Lays out axes; domains are extended to round ticks. */
export function plotFrame({ width, top: above, areaHeight, x: xSpec, y: ySpec }: FrameSpec): PlotFrame {
  const top = above + Y_LABEL_HEIGHT;
  const y = scaleLinear(ySpec.domain, [0, 1]).nice(10);
  const yTicks = ticksOf(y, 5, ySpec);
  const yLabels = formatTicks(yTicks);
  const left = Math.ceil(PLOT_PADDING + 6 + Math.max(...yLabels.map((label) => textWidth(label, TICK_FONT))));
  const right = width - PLOT_PADDING - 10;
  const bottom = top + (areaHeight ?? right - left);
  const x = scaleLinear(xSpec.domain, [left, right]).nice(10);
  y.range([bottom, top]);
  const xTicks = ticksOf(x, (right - left) / 60, xSpec);
  const xLabels = formatTicks(xTicks);
  const axes = [
    `<path class="grid" d="${yTicks.map((tick) => `M${left} ${px(y(tick))}H${right}`).join('')}"/>`,
    `<path class="axis" d="M${left} ${bottom}H${right}"/>`,
    ...yTicks.map((tick, i) => text(left - 6, y(tick) + 4, yLabels[i] as string, 'end')),
    ...xTicks.map((tick, i) => text(x(tick), bottom + 16, xLabels[i] as string, 'middle')),
    text(PLOT_PADDING, above + 12, ySpec.label, 'start'),
    text((left + right) / 2, bottom + 34, xSpec.label, 'middle'),
  ];
  return { x, y, left, right, top, bottom, height: bottom + X_AXIS_HEIGHT, axes: axes.join('') };
}

/** A guide's path, cut off at the edges of the area. */
export function guidePath({ x, y }: PlotFrame, { from, to }: Guide): string {
  const inX = x.copy().clamp(true);
  const inY = y.copy().clamp(true);
  return `M${px(inX(from[0]))} ${px(inY(from[1]))}L${px(inX(to[0]))} ${px(inY(to[1]))}`;
}

function ticksOf(scale: ScaleLinear<number, number>, count: number, spec: AxisSpec): number[] {
  const ticks = scale.ticks(count);
  return spec.whole === true ? ticks.filter(Number.isInteger) : ticks;
}

function text(x: number, y: number, label: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escapeMarkup(label)}</text>`;
}
