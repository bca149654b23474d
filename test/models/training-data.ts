// Builders of small training data for the tests of models.
import fc from 'fast-check';
import type { FeatureColumn, FeatureMatrix } from '../../src/core/feature-matrix.js';
import type { TrainingData } from '../../src/core/model.js';
import type { TimeSlice } from '../../src/core/time-slice.js';

/** A slice that is never over. */
export const endlessSlice: TimeSlice = { due: () => false, pause: async () => {} };

/** A matrix of numeric features x0, x1, … */
export function matrixOf(...columns: readonly (FeatureColumn | readonly number[])[]): FeatureMatrix {
  const arrays = columns.map((column) =>
    Array.isArray(column) ? Float64Array.from(column) : (column as FeatureColumn),
  );
  const features = arrays.map((_, j) => ({ name: `x${j}`, kind: 'numeric' as const }));
  return { nRows: arrays[0]?.length ?? 0, features, columns: arrays };
}

/** Training data of two classes. */
export function binaryData(target: readonly number[], ...columns: readonly (readonly number[])[]): TrainingData {
  return { features: matrixOf(...columns), target: Float64Array.from(target), task: 'binary', nClasses: 2 };
}

/** Rows of up to four columns, some mostly zero, with a binary target of both classes. */
export const binaryRows: fc.Arbitrary<TrainingData> = fc
  .record({ nRows: fc.integer({ min: 4, max: 60 }), nColumns: fc.integer({ min: 1, max: 4 }), zeros: fc.boolean() })
  .chain(({ nRows, nColumns, zeros }) => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    const cell = zeros ? fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: value }) : value;
    const column = fc.array(cell, { minLength: nRows, maxLength: nRows });
    const columns = fc.array(column, { minLength: nColumns, maxLength: nColumns });
    const labels = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: nRows - 2, maxLength: nRows - 2 });
    return fc.tuple(columns, labels).map(([cells, rest]) => binaryData([0, 1, ...rest], ...cells));
  });

/** The largest absolute difference of two arrays. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}

/** The same rows in another order. */
export function reorder(data: TrainingData, order: readonly number[]): TrainingData {
  const take = (values: FeatureColumn) => Float64Array.from(order, (row) => values[row] as number);
  const features = { ...data.features, columns: data.features.columns.map(take) };
  return { ...data, features, target: take(data.target) };
}
