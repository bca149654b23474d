import type { ModelFeature } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';

// The package takes -1 for missing, whatever one does: a true -1 becomes the next float32 up.
export const ABOVE_MINUS_ONE = -1 + 2 ** -24;

/**
 * A value as the npm package ml-xgboost is given it, in fitting and in scoring: float32, and never its mark for missing.
 * @throws VALUE_INVALID for a value that is missing or past the range of float32
 */
export function packageValue(value: number, feature: ModelFeature, row: number): number {
  const rounded = Math.fround(value);
  if (rounded - rounded !== 0) {
    const kind = Number.isFinite(value) ? 'a number past float32' : valueKind(value);
    throw new TabwrightError('VALUE_INVALID', `mlXgboost: ${feature.name} must be finite, got ${kind} in row ${row}`);
  }
  return rounded === -1 ? ABOVE_MINUS_ONE : rounded;
}
