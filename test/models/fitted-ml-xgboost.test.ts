import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import { createRandom } from '../../src/core/random.js';
import { FittedMlXgboost, readMlXgboost } from '../../src/models/fitted-ml-xgboost.js';
import { readXgboostBinary } from '../../src/models/xgboost-binary.js';
import type { PackageRun } from './run-package.js';
import { runPackage } from './run-package.js';
import { matrixOf } from './training-data.js';

const N_FEATURES = 5;
const random = createRandom(11);
// Few digits, so that many values stand exactly at a threshold.
const rows = Array.from({ length: 400 }, () =>
  Array.from({ length: N_FEATURES }, () => Math.round(random.normal() * 8) / 8 + 0.01),
);
const signal = rows.map(([a = 0, b = 0]) => a * b + 0.3 * random.normal());
const features = matrixOf(...Array.from({ length: N_FEATURES }, (_, j) => rows.map((row) => row[j] as number)));

const CASES: readonly {
  readonly task: Task;
  readonly nClasses: number;
  readonly params: Record<string, string | number>;
  readonly target: readonly number[];
}[] = [
  {
    task: 'binary',
    nClasses: 2,
    params: { objective: 'binary:logistic', iterations: 80, max_depth: 6, eta: 0.4, gamma: 0.5 },
    target: signal.map((value) => (value > 0 ? 1 : 0)),
  },
  {
    task: 'multiclass',
    nClasses: 3,
    params: { objective: 'multi:softprob', num_class: 3, iterations: 30, max_depth: 5 },
    target: signal.map((value) => (value > 0.5 ? 2 : value > -0.5 ? 1 : 0)),
  },
  {
    task: 'regression',
    nClasses: 1,
    params: { objective: 'reg:linear', iterations: 60, max_depth: 7 },
    target: signal,
  },
];

test.each([8e-5, 2e-4])('log-odds around %d have the bits of the package too', (eta) => {
  const target = signal.map((value) => (value > 0 ? 1 : 0));
  const params = { objective: 'binary:logistic', iterations: 2, max_depth: 9, min_child_weight: 0, eta, subsample: 1 };
  const run = runPackage(params, rows, target);
  const header = { kind: 'mlXgboost', task: 'binary' as const, nClasses: 2, features: features.features };
  expect([...new FittedMlXgboost(header, run.model).predict(features)]).toEqual(run.predictions);
});

describe.each(CASES)('a $task model of the package', ({ task, nClasses, params, target }) => {
  let run: PackageRun;
  const fitted = (bytes = run.model) => {
    return new FittedMlXgboost({ kind: 'mlXgboost', task, nClasses, features: features.features }, bytes);
  };
  beforeAll(() => {
    run = runPackage({ subsample: 1, ...params }, rows, target);
  });

  test('scores with the bits of the package', () => {
    // The package prints float32 numbers as doubles, which loses nothing.
    expect([...fitted().predict(features)]).toEqual(run.predictions);
  });

  test('cut off anywhere is refused', () => {
    const cut = fc.integer({ min: 0, max: run.model.length - 1 });
    fc.assert(
      fc.property(cut, (length) => {
        expect(() => fitted(run.model.subarray(0, length))).toThrow(
          expect.objectContaining({ code: 'BUNDLE_INVALID' }),
        );
      }),
    );
  });

  test('with any bytes changed is refused with a code, or scores', () => {
    const edit = fc.tuple(fc.nat(run.model.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const bytes = run.model.slice();
        for (const [at, byte] of edits) bytes[at] = byte;
        try {
          expect(fitted(bytes).predict(features)).toHaveLength(run.predictions.length);
        } catch (error) {
          expect(isTabwrightError(error)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is refused for another task or other features', () => {
    const header = { kind: 'mlXgboost', task, nClasses, features: features.features };
    const other = task === 'regression' ? ('binary' as const) : ('regression' as const);
    expect(() => new FittedMlXgboost({ ...header, task: other }, run.model)).toThrow('not of the task');
    expect(() => new FittedMlXgboost({ ...header, features: features.features.slice(1) }, run.model)).toThrow(
      'not of the task',
    );
  });

  test('without its model.json or model.bin is refused', () => {
    const files = fitted().toFiles();
    for (const path of files.keys()) {
      const rest = new Map([...files].filter(([other]) => other !== path));
      expect(() => readMlXgboost(rest)).toThrow(`the model has no file ${path}`);
    }
  });

  test('tells the gain of the features that matter', () => {
    const [a = 0, b = 0, ...noise] = fitted().importance();
    expect(Math.min(a, b)).toBeGreaterThan(Math.max(...noise));
  });
});

test('a tree that leads in circles or tests what is not there is refused', () => {
  const run = runPackage({ objective: 'reg:linear', iterations: 1, max_depth: 2, min_child_weight: 1 }, rows, signal);
  const { features: tested } = readXgboostBinary(run.model);
  expect(tested[0]).toBeGreaterThanOrEqual(0);
  // Head, two names, booster and tree parameters come before the first node, whose second word is its left child.
  const left = 34 * 4 + (8 + 'reg:linear'.length) + (8 + 'gbtree'.length) + 40 * 4 + 37 * 4 + 4;
  const bytes = run.model.slice();
  const view = new DataView(bytes.buffer);
  expect(view.getInt32(left, true)).toBe(1);
  for (const child of [0, 2, 1000, -7]) {
    view.setInt32(left, child, true);
    expect(() => readXgboostBinary(bytes)).toThrow('a node has no proper children');
  }
  view.setInt32(left, 1, true);
  // The word after both children is the feature that the node tests.
  view.setInt32(left + 8, N_FEATURES, true);
  expect(() => readXgboostBinary(bytes)).toThrow('a node tests no feature');
});
