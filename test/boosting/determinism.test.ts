import { describe, expect, it } from 'vitest';
import type { ObjectiveName } from '../../src/boosting/objectives/create-objective.js';
import { madeRows, SYMMETRIC, train } from './booster-data.js';

const cases: [string, ObjectiveName, Record<string, unknown>][] = [
  ['leaf-wise binary', 'binary', {}],
  ['leaf-wise squared error with bagging', 'regression', { baggingFreq: 2, baggingFraction: 0.6 }],
  ['depth-wise multiclass', 'multiclass', { growPolicy: 'depthwise', numLeaves: 0, maxDepth: 3 }],
  ['depth-wise absolute error', 'regressionL1', { growPolicy: 'depthwise', numLeaves: 0, maxDepth: 3 }],
  ['symmetric binary with ordered statistics', 'binary', SYMMETRIC],
  ['goss with constraints', 'binary', { sampling: 'goss', monotoneConstraints: { x0: 1 } }],
  ['poisson with random thresholds and features', 'poisson', { extraTrees: true, featureFractionByNode: 0.6 }],
];

describe('the same seed gives the same bits', () => {
  it.each(cases)('for 1, 2 and 4 threads and in TypeScript: %s', async (_, objective, parameters) => {
    const rows = madeRows(objective, 700);
    const held = madeRows(objective, 200, 2);
    const [one, two, four, plain] = await Promise.all([
      train(rows, { objective, held, parameters: { ...parameters, numThreads: 1 } }),
      train(rows, { objective, held, parameters: { ...parameters, numThreads: 2 } }),
      train(rows, { objective, held, parameters: { ...parameters, numThreads: 4 } }),
      train(rows, { objective, held, parameters, kernels: 'plain' }),
    ]);
    expect(one.ensemble.trees.length).toBeGreaterThanOrEqual(10);
    expect(one.ensemble.trees.some((tree) => tree.leafValue.length > 3)).toBe(true);
    for (const other of [two, four, plain]) expect(other).toEqual(one);
  });

  it('and another seed other bits', async () => {
    const rows = madeRows('binary');
    const [a, b] = await Promise.all([train(rows, { seed: 1 }), train(rows, { seed: 2 })]);
    expect(a.ensemble.trees).not.toEqual(b.ensemble.trees);
  });
});
