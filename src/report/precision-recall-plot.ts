import { formatNumber, formatPercent } from './format-number.js';
import { linePlot } from './line-plot.js';

/** One precision-recall curve by name. */
export interface PrecisionRecallLine {
  readonly label: string;
  readonly precision: ArrayLike<number>;
  /** Ascending from 0 to 1. */
  readonly recall: ArrayLike<number>;
  readonly prAuc: number;
  /** Drawn thin and grey, such as a single fold. */
  readonly background?: boolean;
}

/**
 * Precision-recall curves as SVG, in steps, so that the area under them is the average precision.
 * @param prevalence share of positive rows, which is the precision of chance
 */
export function precisionRecallPlot(curves: readonly PrecisionRecallLine[], prevalence: number, width = 400): string {
  const named = curves.map((curve) => `${curve.label} has average precision ${formatNumber(curve.prAuc)}`);
  const share = formatPercent(prevalence);
  return linePlot({
    title: 'Precision and recall',
    description: `Precision against recall over all thresholds; ${share} of the rows are positive. ${named.join('; ')}.`,
    width,
    x: { label: 'Recall', domain: [0, 1] },
    y: { label: 'Precision', domain: [0, 1] },
    lines: curves.map(({ label, precision, recall, prAuc, background }) => ({
      label,
      detail: `PR-AUC ${formatNumber(prAuc)}`,
      x: recall,
      y: precision,
      background: background === true,
    })),
    guides: [{ label: `Chance, ${share}`, from: [0, prevalence], to: [1, prevalence] }],
    shape: 'steps',
    empty: 'No row is positive: no curve',
  });
}
