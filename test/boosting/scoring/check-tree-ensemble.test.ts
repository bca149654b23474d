// A broken ensemble is refused by the rule it breaks, before anything walks it.
import { expect, test } from 'vitest';
import { checkTreeEnsemble } from '../../../src/boosting/scoring/check-tree-ensemble.js';
import type { TreeEnsemble } from '../../../src/boosting/scoring/tree-ensemble.js';
import type { Tree } from '../../../src/boosting/tree.js';
import { chainTree, ensembleOf, handMadeTree, leafTree } from './hand-made.js';

const broken: [string, Partial<Tree>, string][] = [
  ['a short array', { leftChild: Int32Array.of(1, -1) }, 'array lengths must fit'],
  ['a missing leaf', { leafValue: Float64Array.of(1, 2, 3) }, 'array lengths must fit'],
  ['a feature that is not there', { splitFeature: Int32Array.of(0, 3, 1) }, 'splitFeature must be in [0, 3)'],
  ['a negative feature', { splitFeature: Int32Array.of(0, -1, 1) }, 'splitFeature must be in [0, 3)'],
  ['an infinite threshold', { threshold: Float64Array.of(1, 0, Number.POSITIVE_INFINITY) }, 'threshold must be finite'],
  ['a leaf that is NaN', { leafValue: Float64Array.of(1, 2, 3, Number.NaN) }, 'leafValue must be finite'],
  ['a falling categoryStart', { categoryStart: Int32Array.of(0, 2, 1, 2) }, 'categoryStart must ascend'],
  ['bits past the last node', { categoryBits: new Uint32Array(3) }, 'categoryStart must ascend'],
  ['a cycle', { leftChild: Int32Array.of(1, 0, -3) }, 'reached exactly once'],
  ['a leaf reached twice', { rightChild: Int32Array.of(2, -1, -4) }, 'reached exactly once'],
  ['a child past the nodes', { rightChild: Int32Array.of(3, -2, -4) }, 'reached exactly once'],
  ['a leaf past the leaves', { rightChild: Int32Array.of(2, -2, -5) }, 'reached exactly once'],
];

test.each(broken)('refuses %s', (_, fields, rule) => {
  const ensemble = ensembleOf([leafTree(1), { ...handMadeTree, ...fields }]);
  const message = expect.stringContaining(rule);
  expect(() => checkTreeEnsemble(ensemble)).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID', message }));
  expect(() => checkTreeEnsemble(ensemble)).toThrow('trees: tree 1: ');
});

const wrong: [string, Partial<TreeEnsemble>, string][] = [
  ['no outputs', { nOutputs: 0 }, 'nOutputs must be an integer >= 1'],
  ['a missing base score', { nOutputs: 2 }, 'baseScore must have 2 numbers, got 1'],
  ['a base score that is NaN', { baseScore: Float64Array.of(Number.NaN) }, 'baseScore must be finite'],
  ['an output without its tree', { nOutputs: 2, baseScore: new Float64Array(2) }, 'must be a multiple of 2'],
];

test.each(wrong)('refuses %s', (_, fields, rule) => {
  expect(() => checkTreeEnsemble(ensembleOf([handMadeTree], fields))).toThrow(rule);
});

test('accepts whole ensembles, deep chains and no trees', () => {
  checkTreeEnsemble(ensembleOf([handMadeTree, leafTree(-1), chainTree(20_000)]));
  checkTreeEnsemble(ensembleOf([]));
});
