// Fits on each fold's training rows and judges on its test rows; keeps every out-of-fold score for the plots.

import { mean, sampleStandardDeviation } from 'simple-statistics';
import { checkSignal } from '../core/check-signal.js';
import type { RunControl } from '../core/progress.js';
import type { FoldMetric } from '../core/trainer.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { Fold } from '../evaluation/fold.js';
import type { Recipe } from './fit-rows.js';
import { fitRows, scoreRows } from './fit-rows.js';
import { pickRows } from './pick-rows.js';
import type { PreparedData } from './prepare-data.js';

/** Scores of rows by models that had not seen them. */
export interface OutOfFold {
  /** Float64Array: the target of each tested row, folds one after another. */
  readonly target: Float64Array;
  /** Float64Array [rows * nOutputs], row-major. */
  readonly predictions: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** What cross-validation found. */
export interface CrossValidation {
  readonly metrics: Readonly<Record<string, FoldMetric>>;
  /** Absent where there were no folds. */
  readonly outOfFold: OutOfFold | undefined;
}

/** Runs the folds in order, reporting each. @throws CANCELLED between and inside folds */
export async function crossValidate(
  recipe: Recipe,
  data: PreparedData,
  folds: readonly Fold[],
  control: RunControl,
): Promise<CrossValidation> {
  const parts: OutOfFold[] = [];
  const scores: Readonly<Record<string, number>>[] = [];
  for (const fold of folds) {
    checkSignal(control.signal);
    const fitted = await fitRows(recipe, data, fold.train, { signal: control.signal });
    const part: OutOfFold = {
      target: pickRows(data.target, fold.test),
      predictions: scoreRows(fitted, data, fold.test),
      weights: data.weights && pickRows(data.weights, fold.test),
    };
    const metrics = evaluate({ ...part, task: data.spec.target.task, nClasses: data.nClasses });
    parts.push(part);
    scores.push(metrics);
    control.onProgress?.({ phase: 'fold', completed: scores.length, total: folds.length, metrics });
  }
  return { metrics: summarise(scores), outOfFold: parts.length === 0 ? undefined : join(parts) };
}

function summarise(scores: readonly Readonly<Record<string, number>>[]): Record<string, FoldMetric> {
  const names = Object.keys(scores[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, foldMetric(scores.map((score) => score[name] ?? Number.NaN))]));
}

function foldMetric(folds: readonly number[]): FoldMetric {
  const values = [...folds];
  return { mean: mean(values), sd: values.length < 2 ? 0 : sampleStandardDeviation(values), folds };
}

function join(parts: readonly OutOfFold[]): OutOfFold {
  return {
    target: concat(parts.map((part) => part.target)),
    predictions: concat(parts.map((part) => part.predictions)),
    weights:
      parts[0]?.weights === undefined ? undefined : concat(parts.map((part) => part.weights ?? new Float64Array())),
  };
}

function concat(arrays: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    whole.set(array, offset);
    offset += array.length;
  }
  return whole;
}
