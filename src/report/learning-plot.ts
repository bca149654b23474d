import { extentOf } from './extent-of.js';
import { formatNumber } from './format-number.js';
import type { PlotLine } from './line-plot.js';
import { linePlot } from './line-plot.js';

/** What a learning curve shows. */
export interface LearningCurves {
  /** What grows along the curve: "Iteration", "Training rows". */
  readonly xLabel: string;
  /** The metric: "Log loss". */
  readonly metric: string;
  /** Such as one for training and one for validation rows; x ascending. */
  readonly lines: readonly PlotLine[];
  /** Where the model stops, in units of x. */
  readonly best?: number | undefined;
}

/** A metric as a model learns, as SVG. */
export function learningPlot({ xLabel, metric, lines, best }: LearningCurves, width = 560): string {
  const ends = lines.map(({ label, y }) => `${label} ends at ${formatNumber(y[y.length - 1] ?? Number.NaN)}`);
  return linePlot({
    title: `Learning curve: ${metric}`,
    description: `${metric} by ${xLabel.toLowerCase()}. ${ends.join('; ')}.${best === undefined ? '' : ` Best at ${formatNumber(best)}.`}`,
    width,
    areaHeight: 240,
    x: { label: xLabel, domain: extentOf(lines.map(({ x }) => x)), whole: true },
    y: { label: metric, domain: extentOf(lines.map(({ y }) => y)) },
    lines,
    guides:
      best === undefined
        ? []
        : [{ label: `Best at ${formatNumber(best)}`, from: [best, -Infinity], to: [best, Infinity] }],
    empty: 'Nothing was recorded while the model learned',
  });
}
