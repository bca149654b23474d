// Batches give the bits of the plain walk, whatever the tile, the trees and the type of the columns.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchScorer, rowByRowScorer } from '../../../src/boosting/scoring/batch-scorer.js';
import { flatRowScorer } from '../../../src/boosting/scoring/flat-row-scorer.js';
import { quickBlocks } from '../../../src/boosting/scoring/quick-blocks.js';
import { quickScorer } from '../../../src/boosting/scoring/quick-scorer.js';
import { scoreRow } from '../../../src/boosting/scoring/score-row.js';
import type { TreeEnsemble } from '../../../src/boosting/scoring/tree-ensemble.js';
import type { FeatureColumn } from '../../../src/core/feature-matrix.js';
import type { EnsembleShape } from './random-ensemble.js';
import { makeEnsemble, makeRows, shapes } from './random-ensemble.js';

/** Every other feature as float32, rounded; the rest as float64. */
function makeColumns(shape: EnsembleShape, nRows: number): FeatureColumn[] {
  const rows = makeRows(shape, nRows);
  return Array.from({ length: shape.nFeatures }, (_, f) => {
    const column = Float64Array.from({ length: nRows }, (_, row) => rows[row * shape.nFeatures + f] as number);
    return f % 2 === 0 ? column : Float32Array.from(column);
  });
}

function plainScores(ensemble: TreeEnsemble, columns: readonly FeatureColumn[], nRows: number): Float64Array {
  const out = new Float64Array(nRows * ensemble.nOutputs);
  for (let row = 0; row < nRows; row++) {
    const values = columns.map((column) => column[row] as number);
    scoreRow(ensemble, values, out.subarray(row * ensemble.nOutputs, (row + 1) * ensemble.nOutputs));
  }
  return out;
}

const bits = (scores: Float64Array): BigUint64Array => new BigUint64Array(scores.buffer);

function expectPlainBits(shape: EnsembleShape, nRows: number): void {
  const ensemble = makeEnsemble(shape);
  const columns = makeColumns(shape, nRows);
  const out = new Float64Array(nRows * ensemble.nOutputs);
  quickScorer(ensemble)?.(columns, nRows, out);
  expect(bits(out)).toEqual(bits(plainScores(ensemble, columns, nRows)));
}

const base: EnsembleShape = {
  seed: 7,
  nTrees: 4,
  maxLeaves: 31,
  nFeatures: 4,
  nOutputs: 2,
  symmetric: false,
  categorical: 0.2,
  missing: 0.1,
  inputPrecision: 'float64',
  sumPrecision: 'float64',
};

describe('the WebAssembly batch scorer', () => {
  test('equals the plain walk bit for bit', () => {
    fc.assert(fc.property(shapes(), fc.integer({ min: 1, max: 200 }), expectPlainBits));
  });

  test('scores more rows than a tile holds', () => {
    for (const nRows of [1024, 1025, 2500]) expectPlainBits(base, nRows);
    expectPlainBits({ ...base, symmetric: true, categorical: 0 }, 2500);
  });

  test('scores no rows', () => {
    expectPlainBits(base, 0);
  });

  test('scores trees of up to 256 leaves, chains among them', () => {
    expectPlainBits({ ...base, seed: 3, maxLeaves: 256 }, 300);
    expectPlainBits({ ...base, symmetric: true, maxLeaves: 256, categorical: 0 }, 300);
  });

  test('splits an ensemble whose thresholds are too many for one byte', () => {
    const shape = { ...base, nTrees: 60, nFeatures: 1, nOutputs: 1, maxLeaves: 60, categorical: 0 };
    const ensemble = spread(makeEnsemble(shape));
    expect(quickBlocks(ensemble)?.length).toBeGreaterThan(1);
    const columns = [Float64Array.from({ length: 500 }, (_, row) => row / 7)];
    const out = new Float64Array(500);
    quickScorer(ensemble)?.(columns, 500, out);
    expect(bits(out)).toEqual(bits(plainScores(ensemble, columns, 500)));
  });

  test('leaves trees that do not fit to another scorer', () => {
    const shape = { ...base, symmetric: true, maxLeaves: 512 };
    expect(quickScorer(makeEnsemble(shape))).toBeUndefined();
    const words = { categoryStart: Int32Array.of(0, 60), categoryBits: new Uint32Array(60) };
    const stump = { ...stumpOf(makeEnsemble(base)), splitFeature: Int32Array.of(0), threshold: Float64Array.of(0) };
    expect(quickScorer({ ...makeEnsemble({ ...base, nTrees: 0 }), nOutputs: 1, trees: [stump] })).toBeDefined();
    const large = { ...stump, ...words };
    expect(quickScorer({ ...makeEnsemble({ ...base, nTrees: 0 }), nOutputs: 1, trees: [large] })).toBeUndefined();
  });

  test('ranks values among any finite thresholds', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const wide = fc.constantFrom(-Number.MAX_VALUE, Number.MAX_VALUE, Number.MIN_VALUE, 0, 1, 1 + Number.EPSILON);
    const threshold = fc.oneof(finite, wide, fc.double({ min: 0, max: 1e-3, noNaN: true }));
    fc.assert(
      fc.property(fc.array(threshold, { minLength: 1, maxLength: 250 }), (thresholds) => {
        const stump = stumpOf(makeEnsemble({ ...base, nTrees: 1 }));
        const trees = thresholds.map((value, i) => ({
          ...stump,
          splitFeature: Int32Array.of(0),
          threshold: Float64Array.of(value),
          leafValue: Float64Array.of(0, 2 ** (i % 50)),
        }));
        const ensemble = { ...makeEnsemble(base), nOutputs: 1, baseScore: Float64Array.of(0), trees };
        const around = thresholds.flatMap((value) => [value, value * (1 + 2 ** -52), value - 2 ** -1074, -value]);
        const columns = [Float64Array.of(...around, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN)];
        const nRows = (columns[0] as Float64Array).length;
        const out = new Float64Array(nRows);
        quickScorer(ensemble)?.(columns, nRows, out);
        expect(bits(out)).toEqual(bits(plainScores(ensemble, columns, nRows)));
      }),
    );
  });

  test('compares values that only float64 tells apart, and rounds them where the ensemble says so', () => {
    const near = 1 + 2 ** -40;
    for (const [inputPrecision, left] of [
      ['float64', false],
      ['float32', true],
    ] as const) {
      const ensemble = { ...makeEnsemble({ ...base, nTrees: 1, maxLeaves: 2, categorical: 0, nOutputs: 1 }) };
      const stump = { ...stumpOf(ensemble), splitFeature: Int32Array.of(0), threshold: Float64Array.of(1) };
      const out = new Float64Array(1);
      const columns = Array.from({ length: 4 }, () => Float64Array.of(near));
      quickScorer({ ...ensemble, inputPrecision, baseScore: Float64Array.of(0), trees: [stump] })?.(columns, 1, out);
      expect(out[0]).toBe(left ? 1 : 2);
    }
  });
});

test('few rows and then many have the bits of the plain walk', () => {
  const ensemble = makeEnsemble(base);
  const score = batchScorer(ensemble);
  for (const nRows of [1, 30, 1500, 600, 10]) {
    const columns = makeColumns(base, nRows);
    const out = new Float64Array(nRows * ensemble.nOutputs);
    score(columns, nRows, out);
    expect(bits(out)).toEqual(bits(plainScores(ensemble, columns, nRows)));
  }
});

test('rows copied out of columns give the bits of the plain walk', () => {
  fc.assert(
    fc.property(shapes(), (shape) => {
      const ensemble = makeEnsemble(shape);
      const columns = makeColumns(shape, 30);
      const out = new Float64Array(30 * ensemble.nOutputs);
      rowByRowScorer(ensemble, flatRowScorer(ensemble))(columns, 30, out);
      expect(bits(out)).toEqual(bits(plainScores(ensemble, columns, 30)));
    }),
  );
});

/** Thresholds made distinct across all trees. */
function spread(ensemble: TreeEnsemble): TreeEnsemble {
  let next = 0;
  const trees = ensemble.trees.map((tree) => ({ ...tree, threshold: tree.threshold.map(() => (next++ * 37) % 71.3) }));
  return { ...ensemble, trees };
}

/** A tree of two leaves, 1 on the left and 2 on the right. */
function stumpOf({ trees }: TreeEnsemble): TreeEnsemble['trees'][number] {
  return {
    ...(trees[0] as TreeEnsemble['trees'][number]),
    defaultLeft: Uint8Array.of(0),
    categoryStart: Int32Array.of(0, 0),
    leftChild: Int32Array.of(-1),
    rightChild: Int32Array.of(-2),
    leafValue: Float64Array.of(1, 2),
  };
}
