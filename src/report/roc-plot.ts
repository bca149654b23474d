import { formatNumber } from './format-number.js';
import { linePlot } from './line-plot.js';

/** One ROC curve by name. */
export interface RocLine {
  readonly label: string;
  /** Share of negatives at or above each threshold, ascending from 0 to 1. */
  readonly fpr: ArrayLike<number>;
  /** Share of positives at or above each threshold, ascending from 0 to 1. */
  readonly tpr: ArrayLike<number>;
  readonly auc: number;
  /** Drawn thin and grey, such as a single fold. */
  readonly background?: boolean;
}

/** ROC curves with the diagonal of chance, as SVG. */
export function rocPlot(curves: readonly RocLine[], width = 400): string {
  const named = curves.map((curve) => `${curve.label} has AUC ${formatNumber(curve.auc)}`);
  return linePlot({
    title: 'ROC curve',
    description: `True against false positive rate over all thresholds. ${named.join('; ')}.`,
    width,
    x: { label: 'False positive rate', domain: [0, 1] },
    y: { label: 'True positive rate', domain: [0, 1] },
    lines: curves.map(({ label, fpr, tpr, auc, background }) => ({
      label,
      detail: `AUC ${formatNumber(auc)}`,
      x: fpr,
      y: tpr,
      background: background === true,
    })),
    guides: [{ label: 'Chance', from: [0, 0], to: [1, 1] }],
    empty: 'The rows are of one class: no curve',
  });
}
