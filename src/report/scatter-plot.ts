// Points over two axes with one line to hold them against: predicted against actual values, and residuals.
import { legend } from './legend.js';
import type { AxisSpec, Guide } from './plot-frame.js';
import { guidePath, plotFrame } from './plot-frame.js';
import { plotSvg, TITLE_HEIGHT } from './plot-svg.js';
import { densityKeyHeight, scatterMarks } from './scatter-marks.js';

/** What a scatter chart shows. */
export interface ScatterPlotSpec {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly areaHeight?: number | undefined;
  /** Float64Array [nPoints] within the domain. */
  readonly x: AxisSpec & { readonly values: Float64Array };
  /** Float64Array [nPoints] within the domain. */
  readonly y: AxisSpec & { readonly values: Float64Array };
  readonly guide: Guide;
}

/** The chart as SVG. */
export function scatterPlot(spec: ScatterPlotSpec): string {
  const { guide, width } = spec;
  const names = legend([{ label: guide.label, classes: 'line ref' }], TITLE_HEIGHT, width);
  const keyTop = TITLE_HEIGHT + names.height;
  const frame = plotFrame({ ...spec, top: keyTop + densityKeyHeight(spec.x.values.length) });
  const { marks, key } = scatterMarks(frame, spec.x.values, spec.y.values, keyTop);
  const line = guidePath(frame, guide);
  const body = `${names.svg}${key}${frame.axes}${marks}<path class="halo" d="${line}"/><path class="line ref" d="${line}"/>`;
  return plotSvg({ ...spec, height: frame.height }, body);
}
