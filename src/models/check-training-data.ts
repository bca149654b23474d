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
  const bad = target.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < nClasses));
  if (bad < 0) return;
  const got = `${valueKind(target[bad])} in row ${bad}`;
  throw targetInvalid(owner, `must be a class position below ${nClasses}, got ${got}`);
}

function checkSeveralClasses(target: Float64Array, weights: Float64Array | undefined, owner: string): void {
  const counts = (row: number) => weights === undefined || (weights[row] as number) > 0;
  const first = target.find((_, row) => counts(row));
  if (target.some((value, row) => value !== first && counts(row))) return;
  throw targetInvalid(owner, 'must have at least two classes in rows of positive weight, got one');
}

function checkWeights(weights: Float64Array, nRows: number, owner: string): void {
  if (weights.length !== nRows) {
    throw new TabwrightError('COLUMN_INVALID', `${owner}: weights must have ${nRows} rows, got ${weights.length}`);
  }
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    const got = `${valueKind(weights[bad])} in row ${bad}`;
    throw new TabwrightError('VALUE_INVALID', `${owner}: weights must be finite and >= 0, got ${got}`);
  }
  if (!weights.some((weight) => weight > 0)) {
    throw new TabwrightError('VALUE_INVALID', `${owner}: weights must not all be 0`);
  }
}

function targetInvalid(owner: string, rule: string): TabwrightError {
  return new TabwrightError('TARGET_INVALID', `${owner}: target ${rule}`);
}
