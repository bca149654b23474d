import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import type { ScoredRows } from './scored-rows.js';

/**
 * Checks predictions beside their truth, at the door of the metrics.
 * @throws DATA_EMPTY, TARGET_INVALID, VALUE_INVALID
 */
export function checkScored({ task, nClasses, target, predictions, weights }: ScoredRows): void {
  const nRows = target.length;
  if (nRows === 0) throw new TabwrightError('DATA_EMPTY', 'evaluate: there are no rows');
  const nOutputs = task === 'multiclass' ? nClasses : 1;
  checkLength('predictions', predictions.length, nRows * nOutputs);
  if (task === 'regression') {
    checkNumbers('target', target, Number.isFinite, 'be finite', 'TARGET_INVALID');
    checkNumbers('predictions', predictions, Number.isFinite, 'be finite');
  } else {
    const isClass = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < nClasses;
    checkNumbers('target', target, isClass, `be class positions below ${nClasses}`, 'TARGET_INVALID');
    checkNumbers('predictions', predictions, (value) => value >= 0 && value <= 1, 'be probabilities in [0, 1]');
  }
  if (weights !== undefined) checkWeights(weights, nRows);
}

function checkWeights(weights: Float64Array, nRows: number): void {
  checkLength('weights', weights.length, nRows);
  checkNumbers('weights', weights, (value) => value >= 0 && value < Number.POSITIVE_INFINITY, 'be finite and >= 0');
  if (weights.every((weight) => weight === 0)) throw new TabwrightError('VALUE_INVALID', 'evaluate: weights are all 0');
}

function checkLength(name: string, length: number, expected: number): void {
  if (length === expected) return;
  throw new TabwrightError('VALUE_INVALID', `evaluate: ${name} must have ${expected} values, got ${length}`);
}

function checkNumbers(
  name: string,
  values: Float64Array,
  isValid: (value: number) => boolean,
  rule: string,
  code: 'VALUE_INVALID' | 'TARGET_INVALID' = 'VALUE_INVALID',
): void {
  const bad = values.findIndex((value) => !isValid(value));
  if (bad < 0) return;
  throw new TabwrightError(code, `evaluate: ${name} must ${rule}, got ${valueKind(values[bad])} at position ${bad}`);
}
