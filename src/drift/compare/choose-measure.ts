import type { DriftMeasure } from '../drift-measure.js';
import type { DriftSettings } from '../drift-options.js';
import type { ColumnSamples } from './column-samples.js';

/** References of at most so many rows are compared by tests, which find ever smaller changes in more. */
const FEW_ROWS = 1000;
/** Columns of at most so many distinct numbers are compared as categories are. */
const FEW_VALUES = 5;

/** What decides on a column: the measure asked for, else Evidently's default by type, distinct values and size. */
export function chooseMeasure(
  { kind, nReference, nDistinct }: ColumnSamples,
  { numericMeasure, categoricalMeasure }: DriftSettings,
): DriftMeasure {
  const asked = kind === 'numeric' ? numericMeasure : categoricalMeasure;
  if (asked !== 'auto') return asked;
  const isFew = nReference <= FEW_ROWS;
  if (kind === 'numeric' && nDistinct > FEW_VALUES) return isFew ? 'kolmogorov-smirnov' : 'wasserstein';
  if (!isFew) return 'jensen-shannon';
  return nDistinct <= 2 ? 'proportions' : 'chi-squared';
}
