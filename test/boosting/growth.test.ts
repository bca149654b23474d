import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoosterRows } from '../../src/boosting/booster-request.js';
import { leafOf } from '../../src/boosting/scoring/leaf-of.js';
import type { Tree } from '../../src/boosting/tree.js';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import { createRandom } from '../../src/core/random.js';
import { madeRows, rawScores, SYMMETRIC, train } from './booster-data.js';

function rowOf({ columns }: FeatureMatrix, row: number): number[] {
  return columns.map((column) => column[row] as number);
}

/** Sum over leaves of (sum of residuals)^2 / (rows + lambda), which a squared-error tree makes large. */
function fitOf(groups: readonly (readonly number[])[], lambda: number): number {
  return groups.reduce((sum, group) => {
    const total = group.reduce((part, value) => part + value, 0);
    return sum + total ** 2 / (group.length + lambda);
  }, 0);
}

/** The best fit of any single split with missing values on either side, by trying all. */
function bestFit({ features, target }: BoosterRows, mean: number, lambda: number): number {
  let best = 0;
  for (const column of features.columns) {
    for (const threshold of column) {
      for (const missingLeft of [true, false]) {
        const groups: [number[], number[]] = [[], []];
        target.forEach((y, row) => {
          const x = column[row] as number;
          groups[(Number.isNaN(x) ? missingLeft : x <= threshold) ? 0 : 1].push(y - mean);
        });
        if (groups[0].length > 0 && groups[1].length > 0) best = Math.max(best, fitOf(groups, lambda));
      }
    }
  }
  return best;
}

function smallRows(seed: number, nRows: number): BoosterRows {
  const random = createRandom(seed);
  const value = (): number => (random.next() < 0.2 ? Number.NaN : Math.round(random.normal() * 10));
  const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: nRows }, value));
  const features = columns.map((_, f) => ({ name: `x${f}`, kind: 'numeric' as const }));
  const target = Float64Array.from({ length: nRows }, (_, row) => (columns[0]?.[row] || 3) / 10 + random.normal());
  return { features: { nRows, features, columns }, target };
}

function residualsByLeaf(tree: Tree, { features, target }: BoosterRows, mean: number): number[][] {
  const groups = Array.from(tree.leafValue, (): number[] => []);
  target.forEach((y, row) => {
    groups[leafOf(tree, rowOf(features, row))]?.push(y - mean);
  });
  return groups;
}

describe('growing a tree', () => {
  it('finds a split about as good as the best of all, and the exact values of its leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 10, max: 60 }), async (seed, nRows) => {
        const rows = smallRows(seed, nRows);
        const parameters = { numLeaves: 2, numIterations: 1, minDataInLeaf: 1, lambdaL2: 1, minDataInBin: 1 };
        const { ensemble } = await train(rows, { objective: 'regression', parameters, kernels: 'plain' });
        const mean = ensemble.baseScore[0] as number;
        const tree = ensemble.trees[0];
        if (tree === undefined || tree.leafValue.length < 2) return;
        const groups = residualsByLeaf(tree, rows, mean);
        // Rounding gradients to hundreds of levels moves a gain by about a percent.
        expect(fitOf(groups, 1)).toBeGreaterThan(bestFit(rows, mean, 1) * 0.97 - 1e-6);
        groups.forEach((group, leaf) => {
          const total = group.reduce((sum, value) => sum + value, 0);
          expect(tree.leafValue[leaf]).toBeCloseTo((0.1 * total) / (group.length + 1), 6);
          expect(tree.leafCount[leaf]).toBe(group.length);
        });
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['leaf-wise', { numLeaves: 6 }],
    ['depth-wise', { growPolicy: 'depthwise', numLeaves: 0, maxDepth: 3 }],
    ['symmetric', SYMMETRIC],
  ])('counts rows and hessians of every node from its children: %s', async (_, parameters) => {
    const rows = madeRows('binary');
    const { ensemble } = await train(rows, { parameters });
    for (const tree of ensemble.trees) {
      expect(tree.nodeCount[0]).toBe(rows.features.nRows);
      tree.leftChild.forEach((left, node) => {
        const count = (child: number): number => (child < 0 ? tree.leafCount[~child] : tree.nodeCount[child]) as number;
        expect(count(left) + count(tree.rightChild[node] as number)).toBe(tree.nodeCount[node]);
      });
      const counts = new Int32Array(tree.leafValue.length);
      for (let row = 0; row < rows.features.nRows; row++) {
        const leaf = leafOf(tree, rowOf(rows.features, row));
        counts[leaf] = (counts[leaf] as number) + 1;
      }
      if (parameters.numLeaves !== 0 || !('categoricalEncoding' in parameters)) expect(counts).toEqual(tree.leafCount);
    }
  });

  it('keeps to the limits on leaves, depth and rows', async () => {
    const { ensemble } = await train(madeRows('binary'), {
      parameters: { numLeaves: 9, maxDepth: 4, minDataInLeaf: 25 },
    });
    for (const tree of ensemble.trees) {
      expect(tree.leafValue.length).toBeLessThanOrEqual(9);
      expect(depthOf(tree)).toBeLessThanOrEqual(4);
      // Rows are estimated from hessians while searching, so a leaf may have somewhat fewer.
      expect(Math.min(...tree.leafCount)).toBeGreaterThan(12);
    }
  });

  it('tests the same thing all over a level of a symmetric tree', async () => {
    const { ensemble } = await train(madeRows('binary'), {
      parameters: SYMMETRIC,
    });
    for (const tree of ensemble.trees) {
      const levels = new Map<number, Set<string>>();
      tree.splitFeature.forEach((feature, node) => {
        const level = Math.floor(Math.log2(node + 1));
        const tests = levels.get(level) ?? new Set();
        levels.set(level, tests.add(`${feature} ${tree.threshold[node]} ${tree.defaultLeft[node]}`));
      });
      for (const tests of levels.values()) expect(tests.size).toBe(1);
    }
  });

  it('learns: held-out error falls far below that of the mean', async () => {
    const held = madeRows('regression', 500, 9);
    for (const parameters of [{}, { growPolicy: 'depthwise' }, SYMMETRIC]) {
      const { ensemble } = await train(madeRows('regression', 2000), {
        objective: 'regression',
        parameters: { numIterations: 100, ...parameters },
      });
      const scores = rawScores(ensemble, held.features);
      const error = (of: (row: number) => number): number =>
        held.target.reduce((sum, y, row) => sum + (y - of(row)) ** 2, 0);
      expect(error((row) => scores[row] as number)).toBeLessThan(0.3 * error(() => ensemble.baseScore[0] as number));
    }
  });
});

function depthOf(tree: Tree, child = tree.splitFeature.length > 0 ? 0 : -1): number {
  if (child < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.leftChild[child]), depthOf(tree, tree.rightChild[child]));
}
