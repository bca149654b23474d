// The plain walk against hand-computed scores: the oracle of the other scorers must itself be right.
import { expect, test } from 'vitest';
import { featureImportance } from '../../../src/boosting/scoring/feature-importance.js';
import { leafIndexes } from '../../../src/boosting/scoring/leaf-indexes.js';
import { scoreRow } from '../../../src/boosting/scoring/score-row.js';
import { ensembleOf, handMadeTree, leafTree } from './hand-made.js';

const missing = Number.NaN;

function scoreOf(ensemble: ReturnType<typeof ensembleOf>, values: number[]): number[] {
  const out = new Float64Array(ensemble.nOutputs);
  scoreRow(ensemble, values, out);
  return [...out];
}

test.each([
  [[1, 0, 1], 10],
  [[1, 0, 33], 10],
  [[1, 0, 1.9], 10],
  [[1, 0, 0], 20],
  [[1, 0, 64], 20],
  [[1, 0, -1], 20],
  [[1, 0, missing], 20],
  [[1.1, -2.5, 1], 30],
  [[1.1, missing, 1], 30],
  [[missing, -2.4, 1], 40],
  [[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1], 40],
])('the row %j falls into the leaf of %d', (values, leaf) => {
  expect(scoreOf(ensembleOf([handMadeTree]), values)).toEqual([leaf]);
});

test('leaves are added to the base score of their output in turn', () => {
  const trees = [1, 10, 100, 1000].map(leafTree);
  expect(scoreOf(ensembleOf(trees, { nOutputs: 2, baseScore: Float64Array.of(0.5, 0.25) }), [0, 0, 0])).toEqual([
    101.5, 1010.25,
  ]);
});

test('float32 sums round after each addition', () => {
  const trees = [2 ** 24, 1, 1].map(leafTree);
  expect(scoreOf(ensembleOf(trees), [0, 0, 0])).toEqual([2 ** 24 + 2]);
  expect(scoreOf(ensembleOf(trees, { sumPrecision: 'float32' }), [0, 0, 0])).toEqual([2 ** 24]);
});

test('leaf indexes are those of each tree, row by row', () => {
  const columns = [
    [1, 9, 9],
    [0, missing, 0],
    [1, 0, 0],
  ].map((column) => Float64Array.from(column));
  expect([...leafIndexes(ensembleOf([handMadeTree, leafTree(1)]), columns, 3)]).toEqual([0, 0, 2, 0, 3, 0]);
});

test('importances are totals by gain, split and cover', () => {
  const ensemble = ensembleOf([handMadeTree, leafTree(1), handMadeTree], { nFeatures: 4 });
  expect([...featureImportance(ensemble, 'gain')]).toEqual([10, 4, 6, 0]);
  expect([...featureImportance(ensemble, 'split')]).toEqual([2, 2, 2, 0]);
  expect([...featureImportance(ensemble, 'cover')]).toEqual([50, 30, 20, 0]);
});
