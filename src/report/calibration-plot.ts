import { formatPercent } from './format-number.js';
import { lineLayers } from './line-plot.js';
import type { PlotFrame } from './plot-frame.js';
import { PLOT_PADDING, plotSvg, px } from './plot-svg.js';

const STRIP_HEIGHT = 40;
const STRIP_TOP = 30;

/** One calibration curve by name: a point for each bin that has rows. */
export interface CalibrationLine {
  readonly label: string;
  /** Mean probability in the bin, ascending. */
  readonly predicted: ArrayLike<number>;
  /** Share of positive rows in the bin. */
  readonly observed: ArrayLike<number>;
  /** Weight of the rows in the bin. */
  readonly weight: ArrayLike<number>;
}

/** Observed against predicted shares as SVG; below, how the rows of the first curve spread over the probabilities. */
export function calibrationPlot(curves: readonly CalibrationLine[], width = 400): string {
  const title = 'Calibration';
  const description = `Observed share of positive rows against the predicted probability, by bin. ${curves.map(inWords).join('; ')}.`;
  const { frame, body } = lineLayers({
    title,
    description,
    width,
    x: { label: 'Predicted probability', domain: [0, 1] },
    y: { label: 'Observed share of positives', domain: [0, 1] },
    lines: curves.map(({ label, predicted, observed }) => ({ label, x: predicted, y: observed })),
    guides: [{ label: 'Perfect', from: [0, 0], to: [1, 1] }],
    dots: true,
    empty: 'There are no rows',
  });
  const [first] = curves;
  const strip = first === undefined ? '' : weightStrip(frame, first);
  return plotSvg({ title, description, width, height: frame.height + STRIP_TOP + STRIP_HEIGHT }, body + strip);
}

function weightStrip(frame: PlotFrame, { predicted, weight }: CalibrationLine): string {
  const weights = Array.from(weight);
  const largest = Math.max(...weights);
  const base = frame.height + STRIP_TOP + STRIP_HEIGHT - PLOT_PADDING;
  const sticks = weights.map((binWeight, i) => {
    const height = Math.max(1, (binWeight / largest) * (STRIP_HEIGHT - PLOT_PADDING));
    return `M${px(frame.x(predicted[i] as number) - 3)} ${base}v${px(-height)}h6v${px(height)}`;
  });
  return [
    `<text x="${PLOT_PADDING}" y="${frame.height + 14}">Rows by predicted probability</text>`,
    `<path class="axis" d="M${frame.left} ${base}H${frame.right}"/><path class="bar" d="${sticks.join('')}"/>`,
  ].join('');
}

function inWords({ label, predicted, observed, weight }: CalibrationLine): string {
  const weights = Array.from(weight);
  const total = weights.reduce((sum, binWeight) => sum + binWeight, 0);
  const gap = weights.reduce((sum, w, i) => sum + w * Math.abs((predicted[i] as number) - (observed[i] as number)), 0);
  return `${label} is off by ${formatPercent(gap / total)} on average`;
}
