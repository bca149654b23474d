// Small made data for checking models: seeded, with signal in two of three columns and classes that overlap.
import type { FeatureMatrix, ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { TrainingData } from '../core/model.js';
import type { Random } from '../core/random.js';
import { createRandom } from '../core/random.js';

/** What to make. */
export interface ModelDataOptions {
  readonly nRows: number;
  readonly seed: number;
}

const FEATURES: readonly ModelFeature[] = [
  { name: 'strong', kind: 'numeric' },
  { name: 'weak', kind: 'numeric' },
  { name: 'noise', kind: 'numeric' },
];
const CLASSES: Readonly<Record<Task, number>> = { binary: 2, multiclass: 3, regression: 1 };

/** Rows of three numeric features with a target of the task; every class has rows where there are at least three. */
export function modelData(task: Task, { nRows, seed }: ModelDataOptions): TrainingData {
  const random = createRandom(seed);
  const columns = FEATURES.map(() => Float64Array.from({ length: nRows }, () => random.normal()));
  const [strong, weak] = columns as [Float64Array, Float64Array];
  const signal = strong.map((value, row) => 1.5 * value - 0.5 * (weak[row] as number));
  const nClasses = CLASSES[task];
  const target = signal.map((value, row) => targetOf(value + 0.5 * random.normal(), task, row, nClasses));
  return { features: { nRows, features: FEATURES, columns }, target, task, nClasses };
}

/** Random non-negative whole weights, of which some are 0. */
export function wholeWeights(nRows: number, random: Random): Float64Array {
  return Float64Array.from({ length: nRows }, (_, row) => (row < 3 ? 1 : random.integer(4)));
}

/** The same rows with each one repeated as often as its weight says. */
export function repeatRows(data: TrainingData, weights: Float64Array): TrainingData {
  const rows = [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row));
  return { ...data, features: takeMatrixRows(data.features, rows), target: take(data.target, rows) };
}

/** Some rows of a matrix, copied. */
export function takeMatrixRows(matrix: FeatureMatrix, rows: readonly number[]): FeatureMatrix {
  return { nRows: rows.length, features: matrix.features, columns: matrix.columns.map((column) => take(column, rows)) };
}

function targetOf(value: number, task: Task, row: number, nClasses: number): number {
  if (task === 'regression') return value;
  // The first rows make sure that no class is empty.
  if (row < nClasses) return row;
  if (task === 'binary') return value > 0 ? 1 : 0;
  return value < -0.7 ? 0 : value < 0.7 ? 1 : 2;
}

function take(values: Float64Array | Float32Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number);
}
