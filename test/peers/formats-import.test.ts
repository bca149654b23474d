// Models that the real libraries trained and saved, scored here as there.
import { describe, expect, test } from 'vitest';
import { rowScorer } from '../../src/boosting/scoring/row-scorer.js';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import type { FittedTreeEnsemble } from '../../src/models/fitted-tree-ensemble.js';
import { readModel } from '../../src/models/read-model.js';
import { readModelFile } from '../../src/models/read-model-file.js';
import { IMPORT_CELLS } from './formats-cells.js';
import { recordCell } from './formats-record.js';
import { hasPython, runPython } from './run-python.js';

/** A step or two in the last place: the exponential functions of the two sides round by themselves in float64. */
const DOUBLE_STEP = 2 ** -51;

interface Scored {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string | null)[])[];
  readonly model: string;
  readonly raw: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

const scored = hasPython ? (runPython('formats_import.py', IMPORT_CELLS) as Scored[]) : [];

describe.skipIf(!hasPython)('a model that its library trained scores here as there', () => {
  test.each(IMPORT_CELLS.map((cell, i) => ({ ...cell, i })))('$library $name, $data', async ({ i, ...cell }) => {
    const theirs = scored[i] as Scored;
    const model = await readModelFile(Buffer.from(theirs.model, 'base64'));
    const matrix = matrixOf(model, theirs);
    const raw = cell.labels ? 0 : rawDifference(model, matrix, theirs.raw);
    const outputs = cell.labels ? 0 : largestDifference(model.predict(matrix), theirs.outputs.flat(), cell.float32);
    recordCell('import', cell, { raw, outputs: cell.labels ? undefined : outputs });
    expect(raw).toBeLessThanOrEqual(cell.tolerance);
    if (!cell.labels) expect(outputs).toBeLessThanOrEqual(Math.max(cell.tolerance, cell.float32 ? 0 : DOUBLE_STEP));
    const again = readModel(model.kind, model.toFiles());
    expect(again.predict(matrix)).toEqual(model.predict(matrix));
  });
});

function matrixOf({ features }: FittedTreeEnsemble, { columns, rows }: Scored): FeatureMatrix {
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

function rawDifference(model: FittedTreeEnsemble, { columns, nRows }: FeatureMatrix, expected: Scored['raw']): number {
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
