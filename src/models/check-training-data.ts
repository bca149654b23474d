// What every built-in model checks before it fits, so that each refuses the same data with the same words.
import type { Model, TrainingData } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import { checkFeatureMatrix } from './check-feature-matrix.js';

/**
 * Checks shapes, target, weights and, for dense models, that every feature is numeric; not the feature values.
 * @throws DATA_EMPTY without rows
 * @throws COLUMN_INVALID where lengths differ, or a dense model is given a categorical feature
 * @throws TARGET_INVALID where the target does not fit the task, or all rows are of one class
 * @throws VALUE_INVALID where a weight is negative or not finite, or all are 0
 */
export function checkTrainingData(data: TrainingData, model: Pick<Model, 'kind' | 'input' | 'tasks'>): void {
  const { features, target, weights, task } = data;
  const { nRows } = features;
  if (!model.tasks.includes(task)) {
    throw targetInvalid(model.kind, `the task must be ${model.tasks.join(' or ')}, got ${task}`);
  }
  if (nRows === 0) throw new TabwrightError('DATA_EMPTY', `${model.kind}: there are no rows to fit`);
  checkFeatureMatrix(features, model.kind);
  if (model.input === 'dense') checkNumeric(data, model.kind);
  if (target.length !== nRows) throw targetInvalid(model.kind, `must have ${nRows} rows, got ${target.length}`);
  if (task === 'regression') checkValues(target, model.kind);
  else checkPositions(target, data.nClasses, model.kind);
  if (weights !== undefined) checkWeights(weights, nRows, model.kind);
  if (task !== 'regression') checkSeveralClasses(target, weights, model.kind);
}

function checkNumeric(data: TrainingData, owner: string): void {
  const categorical = data.features.features.find(({ kind }) => kind === 'categorical');
  if (categorical === undefined) return;
  const rule = 'must be numeric, got categorical; encode it first, for example with oneHot';
  throw new TabwrightError('COLUMN_INVALID', `${owner}: ${categorical.name} ${rule}`);
}

function checkValues(target: Float64Array, owner: string): void {
  const bad = target.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw targetInvalid(owner, `must be finite, got ${valueKind(target[bad])} in row ${bad}`);
}

function checkPositions(target: Float64Array, nClasses: number, owner: string): void {
  for (let row = 0; row < target.length; row++) {
    const value = target[row] as number;
    if (value >= 0 && value < nClasses && Math.trunc(value) === value) continue;
    throw targetInvalid(owner, `must be a class position below ${nClasses}, got ${valueKind(value)} in row ${row}`);
  }
}

function checkSeveralClasses(target: Float64Array, weights: Float64Array | undefined, owner: string): void {
  let first: number | undefined;
  for (let row = 0; row < target.length; row++) {
    if (weights !== undefined && weights[row] === 0) continue;
    first ??= target[row];
    if (target[row] !== first) return;
  }
  throw targetInvalid(owner, 'must have at least two classes in rows of positive weight, got one');
}

function checkWeights(weights: Float64Array, nRows: number, owner: string): void {
  if (weights.length !== nRows) {
    throw new TabwrightError('COLUMN_INVALID', `${owner}: weights must have ${nRows} rows, got ${weights.length}`);
  }
  let largest = 0;
  for (let row = 0; row < nRows; row++) {
    const weight = weights[row] as number;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      const got = `${valueKind(weight)} in row ${row}`;
      throw new TabwrightError('VALUE_INVALID', `${owner}: weights must be finite and >= 0, got ${got}`);
    }
    largest = Math.max(largest, weight);
  }
  if (largest === 0) throw new TabwrightError('VALUE_INVALID', `${owner}: weights must not all be 0`);
}

function targetInvalid(owner: string, rule: string): TabwrightError {
  return new TabwrightError('TARGET_INVALID', `${owner}: target ${rule}`);
}
