// Exact SHAP values against their definition: a sum over all subsets of features of what one more feature adds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goesLeft } from '../../src/boosting/scoring/leaf-of.js';
import { roundedInputs, scoreRow } from '../../src/boosting/scoring/score-row.js';
import type { TreeEnsemble } from '../../src/boosting/scoring/tree-ensemble.js';
import type { Tree } from '../../src/boosting/tree.js';
import { gaussLegendre } from '../../src/explain/gauss-legendre.js';
import { treeShap } from '../../src/explain/tree-shap.js';
import { chainTree, ensembleOf, handMadeTree, leafTree } from '../boosting/scoring/hand-made.js';
import { makeEnsemble, makeRows, shapes } from '../boosting/scoring/random-ensemble.js';

const N_ROWS = 5;

/** Expected leaf value when only the features in `known` (a bit set) follow the row, the rest the training rows. */
function expectedValue(tree: Tree, values: ArrayLike<number>, known: number, child: number): number {
  if (child < 0) return tree.leafValue[~child] as number;
  const feature = tree.splitFeature[child] as number;
  const [left, right] = [tree.leftChild[child] as number, tree.rightChild[child] as number];
  const below = (next: number): number => expectedValue(tree, values, known, next);
  if ((known >> feature) & 1) return below(goesLeft(tree, child, values[feature] as number) ? left : right);
  const count = (next: number): number => (next >= 0 ? tree.nodeCount[next] : tree.leafCount[~next]) as number;
  return (below(left) * count(left) + below(right) * count(right)) / count(child);
}

function bruteForce(ensemble: TreeEnsemble, values: ArrayLike<number>): number[] {
  const { nFeatures, nOutputs, trees } = ensemble;
  const shapley = new Array<number>(nOutputs * nFeatures).fill(0);
  const inputs = roundedInputs(ensemble, values);
  for (const [t, tree] of trees.entries()) {
    const root = tree.splitFeature.length === 0 ? -1 : 0;
    for (let f = 0; f < nFeatures; f++) {
      for (let known = 0; known < 1 << nFeatures; known++) {
        if ((known >> f) & 1) continue;
        const added = expectedValue(tree, inputs, known | (1 << f), root) - expectedValue(tree, inputs, known, root);
        const slot = (t % nOutputs) * nFeatures + f;
        shapley[slot] = (shapley[slot] as number) + added * subsetWeight(nFeatures, known);
      }
    }
  }
  return shapley;
}

/** |S|! (n - |S| - 1)! / n! */
function subsetWeight(n: number, known: number): number {
  const size = known.toString(2).replaceAll('0', '').length;
  let choices = 1;
  for (let i = 0; i < size; i++) choices = (choices * (n - 1 - i)) / (i + 1);
  return 1 / (n * choices);
}

describe('SHAP values', () => {
  test('equal the sum over all subsets of features', () => {
    fc.assert(
      fc.property(shapes({ sumPrecision: 'float64' }), (shape) => {
        const ensemble = makeEnsemble(shape);
        const rows = makeRows(shape, N_ROWS);
        const { explainRow } = treeShap(ensemble);
        for (let row = 0; row < N_ROWS; row++) {
          const values = rows.subarray(row * shape.nFeatures, (row + 1) * shape.nFeatures);
          const exact = bruteForce(ensemble, values);
          for (const [i, value] of explainRow(values).entries()) expect(value).toBeCloseTo(exact[i] as number, 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('sum with the baseline to the raw score, also where paths are long', () => {
    fc.assert(
      fc.property(shapes({ sumPrecision: 'float64', nFeatures: 40, maxLeaves: 200, nTrees: 3 }), (shape) => {
        const ensemble = makeEnsemble(shape);
        const values = makeRows(shape, 1);
        const { baseline, explainRow } = treeShap(ensemble);
        const shap = explainRow(values);
        const raw = new Float64Array(shape.nOutputs);
        scoreRow(ensemble, values, raw);
        for (const [output, score] of raw.entries()) {
          const own = shap.subarray(output * shape.nFeatures, (output + 1) * shape.nFeatures);
          expect(own.reduce((sum, value) => sum + value, baseline[output] as number)).toBeCloseTo(score, 9);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('are the same one row at a time and in a batch', () => {
    fc.assert(
      fc.property(shapes(), (shape) => {
        const ensemble = makeEnsemble(shape);
        const rows = makeRows(shape, N_ROWS);
        const { explainRow, explainBatch } = treeShap(ensemble);
        const columns = Array.from({ length: shape.nFeatures }, (_, f) => {
          return Float64Array.from({ length: N_ROWS }, (_, row) => rows[row * shape.nFeatures + f] as number);
        });
        const single = Array.from({ length: N_ROWS }, (_, row) => {
          return [...explainRow(rows.subarray(row * shape.nFeatures, (row + 1) * shape.nFeatures))];
        });
        expect([...explainBatch(columns, N_ROWS)]).toEqual(single.flat());
      }),
      { numRuns: 30 },
    );
  });
});

test('a tree of one leaf and a feature that no node tests explain nothing', () => {
  const { baseline, explainRow } = treeShap(ensembleOf([leafTree(3)], { baseScore: Float64Array.of(1) }));
  expect([...baseline]).toEqual([4]);
  expect([...explainRow([1, 2, 3])]).toEqual([0, 0, 0]);
});

test('branches that no training row took count for nothing until a row takes them', () => {
  // x0 <= 1 ? (x0 <= 0 ? 10 : 20) : (x1 <= -2.5 ? 30 : 40), trained on rows with x0 > 1 only
  const unused: Tree = {
    ...handMadeTree,
    splitFeature: Int32Array.of(0, 0, 1),
    categoryStart: new Int32Array(4),
    categoryBits: new Uint32Array(0),
    nodeCount: Int32Array.of(60, 0, 60),
    leafCount: Int32Array.of(0, 0, 20, 40),
  };
  const { baseline, explainRow } = treeShap(ensembleOf([unused]));
  const mean = (20 * 30 + 40 * 40) / 60;
  expect(baseline[0]).toBeCloseTo(mean, 12);
  expect([...explainRow([9, 0, 0])]).toEqual([0, expect.closeTo(40 - mean, 12), 0]);
  const [first, second] = explainRow([0, 0, 0]);
  expect(mean + (first as number) + (second as number)).toBeCloseTo(10, 12);
});

test('the training rows are weighed by hessians where asked, and where there are no counts', () => {
  const uncounted = { ...handMadeTree, nodeCount: new Int32Array(3), leafCount: new Int32Array(4) };
  const mean = (4 * 10 + 6 * 20 + 5 * 30 + 10 * 40) / 25;
  expect(treeShap(ensembleOf([handMadeTree]), 'cover').baseline[0]).toBeCloseTo(mean, 12);
  expect(treeShap(ensembleOf([uncounted])).baseline[0]).toBeCloseTo(mean, 12);
  const nothing = ensembleOf([{ ...uncounted, nodeCover: new Float64Array(3) }]);
  expect(() => treeShap(nothing)).toThrow(expect.objectContaining({ code: 'EXPLANATION_UNAVAILABLE' }));
});

test('a chain of one feature gives that feature everything', () => {
  const { baseline, explainRow } = treeShap(ensembleOf([chainTree(300)]));
  const shap = explainRow([120.5, 0, 0]);
  expect(shap[0]).toBeCloseTo(121 - (baseline[0] as number), 9);
  expect([shap[1], shap[2]]).toEqual([0, 0]);
});

test('quadrature with n nodes integrates polynomials of degree 2n - 1', () => {
  for (const n of [1, 2, 5, 12, 40]) {
    const { nodes, weights } = gaussLegendre(n);
    for (const degree of [0, 1, 2 * n - 2, 2 * n - 1]) {
      const integral = nodes.reduce((sum, node, i) => sum + (weights[i] as number) * node ** degree, 0);
      expect(integral).toBeCloseTo(1 / (degree + 1), 13);
    }
  }
});
