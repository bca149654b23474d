// A model file that a real library wrote, read and scored here beside what the library makes of the same rows.
import { expect } from 'vitest';
import { rowScorer } from '../../src/boosting/scoring/row-scorer.js';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import type { FittedTreeEnsemble } from '../../src/models/fitted-tree-ensemble.js';
import { readModel } from '../../src/models/read-model.js';
import { readModelFile } from '../../src/models/read-model-file.js';
import type { ImportCell } from './formats-cells.js';

/** What a script of the library answers. */
export interface ForeignModel {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string | null)[])[];
  /** The file in base 64. */
  readonly model: string;
  readonly raw: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

/** Largest differences, relative above 1. */
export interface Differences {
  readonly raw: number;
  /** Absent where the library predicts labels. */
  readonly outputs: number | undefined;
}

/** A step or two in the last place: the exponential functions of the two sides round by themselves in float64. */
const DOUBLE_STEP = 2 ** -51;

/** Reads and scores; fails where a difference is over what the cell allows, or the stored model differs from the read one. */
export async function checkForeignModel(cell: ImportCell, theirs: ForeignModel): Promise<Differences> {
  const model = await readModelFile(Buffer.from(theirs.model, 'base64'));
  const matrix = matrixOf(model, theirs);
  const raw = cell.labels ? 0 : rawDifference(model, matrix, theirs.raw);
  const outputs = cell.labels
    ? undefined
    : largestDifference(model.predict(matrix), theirs.outputs.flat(), cell.float32);
  expect(raw).toBeLessThanOrEqual(cell.tolerance);
  expect(outputs ?? 0).toBeLessThanOrEqual(Math.max(cell.tolerance, cell.float32 ? 0 : DOUBLE_STEP));
  const again = readModel(model.kind, model.toFiles());
  expect(again.predict(matrix)).toEqual(model.predict(matrix));
  return { raw, outputs };
}

function matrixOf({ features }: FittedTreeEnsemble, { columns, rows }: ForeignModel): FeatureMatrix {
  const values = features.map(({ name, levels }) => {
    const at = columns.indexOf(name);
    return Float64Array.from(rows, (row) => {
      const cell = row[at] ?? null;
      if (cell === null) return Number.NaN;
      return typeof cell === 'number' ? cell : levelOf(levels, cell);
    });
  });
  return { nRows: rows.length, features, columns: values };
}

function levelOf(levels: readonly string[] | undefined, cell: string): number {
  const at = levels?.indexOf(cell) ?? -1;
  return at < 0 ? Number.NaN : at;
}

function rawDifference(
  model: FittedTreeEnsemble,
  { columns, nRows }: FeatureMatrix,
  expected: ForeignModel['raw'],
): number {
  const score = rowScorer(model.ensemble);
  const all = Array.from({ length: nRows }, (_, row) => {
    const out = new Float64Array(model.nOutputs);
    const values = Float64Array.from(columns, (column) => column[row] as number);
    score(values, out);
    return [...out];
  });
  return largestDifference(Float64Array.from(all.flat()), expected.flat(), false);
}

function largestDifference(found: Float64Array, expected: readonly number[], float32: boolean): number {
  expect(found.length).toBe(expected.length);
  const rounded = float32 ? Math.fround : (value: number): number => value;
  return expected.reduce(
    (most, value, i) => Math.max(most, Math.abs(rounded(found[i] as number) - value) / Math.max(1, Math.abs(value))),
    0,
  );
}
