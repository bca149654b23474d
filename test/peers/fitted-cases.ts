// The cases of pyfunc-cases.ts fitted on raw rows, with the scores of every row by the row path.
import { expect } from 'vitest';
import { rowScorer } from '../../src/bundle/row-scorer.js';
import type { FeatureSpec, Task } from '../../src/core/feature-spec.js';
import type { FittedModel } from '../../src/core/model.js';
import type { FittedTransformer, Transformer } from '../../src/core/transformer.js';
import { createModel } from '../../src/models/create-model.js';
import { fitTransform } from '../../src/transforms/fit-transform.js';
import { transformedMatrix } from '../../src/transforms/table-to-matrix.js';
import { MODEL_CASES, N_ROWS, rawRows, rawTable, SPEC, STEP_CASES } from './pyfunc-cases.js';

/** A model and its preprocessing, to be fitted on the raw rows. */
export interface RawCase {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly task: Task;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly steps: Transformer;
}

/** Every kind of model, then every step before LightGBM. */
export const RAW_CASES: readonly RawCase[] = [
  ...MODEL_CASES,
  ...STEP_CASES.map(([name, steps]) => ({ name: `step ${name}`, kind: 'lightgbm', task: 'binary' as Task, steps })),
].map((each, i) => ({ ...each, id: `case-${i}` }));

/** What a case has learned. */
export interface FittedCase {
  readonly spec: FeatureSpec;
  readonly pipeline: FittedTransformer;
  readonly model: FittedModel;
  /** Float64Array [N_ROWS * nOutputs], by the row path. */
  readonly scores: Float64Array;
}

/** Fits a case. */
export async function fitCase({ kind, task, params, steps }: RawCase): Promise<FittedCase> {
  const spec = specOf(task);
  const target = targetOf(task);
  const nClasses = { binary: 2, multiclass: 3, regression: 1 }[task];
  const { fitted: pipeline, table } = fitTransform(steps, rawTable, target, { task, nClasses });
  const names = spec.fields.map(({ name }) => name);
  const features = transformedMatrix(pipeline, table, names);
  const model = await createModel(kind, params).fit({ features, target, task, nClasses }, { seed: 1 });
  const score = rowScorer(spec, pipeline, model);
  const out = new Float64Array(model.nOutputs);
  const scores = rawRows.flatMap((row) => {
    expect(score(row, out)).toBe(true);
    return [...out];
  });
  return { spec, pipeline, model, scores: Float64Array.from(scores) };
}

/** The largest difference of scores, relative above 1. */
export function largestDifference(own: Float64Array, theirs: readonly number[]): number {
  expect(theirs.length).toBe(own.length);
  return own.reduce((most, value, i) => {
    const difference = Math.abs(value - (theirs[i] as number)) / Math.max(1, Math.abs(value));
    return Math.max(most, difference);
  }, 0);
}

function specOf(task: Task): FeatureSpec {
  const classes = { binary: ['no', 'yes'], multiclass: ['a', 'b', 'c'], regression: undefined }[task];
  const target = { column: 'target', task, ...(classes && { classes }), ...(task === 'binary' && { positive: 'yes' }) };
  return { ...SPEC, target };
}

function targetOf(task: Task): Float64Array {
  return Float64Array.from({ length: N_ROWS }, (_, i) => {
    const { size, word, flag } = rawRows[i] as { size: number; word: string | null; flag: boolean | null };
    const score = 1 + size / 5 + (word === 'a' ? 1.5 : 0) - (flag === true ? 1 : 0) + ((i * 37) % 11) / 11;
    return { binary: Number(score > 1.2), multiclass: Number(score > 0.8) + Number(score > 1.8), regression: score }[
      task
    ];
  });
}
