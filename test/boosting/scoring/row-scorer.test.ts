// Every way to score one row gives the bits of the plain walk.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { checkTreeEnsemble } from '../../../src/boosting/scoring/check-tree-ensemble.js';
import { flatRowScorer } from '../../../src/boosting/scoring/flat-row-scorer.js';
import { kernelRowScorer } from '../../../src/boosting/scoring/kernel-row-scorer.js';
import { scoreRow } from '../../../src/boosting/scoring/score-row.js';
import { chainTree, ensembleOf, handMadeTree, leafTree } from './hand-made.js';
import { makeEnsemble, makeRows, shapes } from './random-ensemble.js';

const N_ROWS = 20;

const scorers = { kernel: kernelRowScorer, flat: flatRowScorer };

describe.each(Object.entries(scorers))('the %s row scorer', (_, makeScorer) => {
  test('equals the plain walk bit for bit', () => {
    fc.assert(
      fc.property(shapes(), (shape) => {
        const ensemble = makeEnsemble(shape);
        checkTreeEnsemble(ensemble);
        const score = makeScorer(ensemble);
        const rows = makeRows(shape, N_ROWS);
        const [out, plain] = [new Float64Array(shape.nOutputs), new Float64Array(shape.nOutputs)];
        for (let row = 0; row < N_ROWS; row++) {
          const values = rows.subarray(row * shape.nFeatures, (row + 1) * shape.nFeatures);
          score?.(values, out);
          scoreRow(ensemble, values, plain);
          expect(new BigUint64Array(out.buffer)).toEqual(new BigUint64Array(plain.buffer));
        }
      }),
    );
  });

  test('keeps the sign of zero', () => {
    const out = new Float64Array(1);
    makeScorer(ensembleOf([leafTree(-0)], { baseScore: Float64Array.of(-0) }))?.(new Float64Array(3), out);
    expect(Object.is(out[0], -0)).toBe(true);
  });

  test('walks a deep chain', () => {
    const out = new Float64Array(1);
    makeScorer(ensembleOf([chainTree(2000)]))?.(Float64Array.of(1950.5, 0, 0), out);
    expect(out[0]).toBe(1951);
  });
});

test('a host without WebAssembly scores from flat arrays', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  vi.resetModules();
  try {
    const { kernelRowScorer } = await import('../../../src/boosting/scoring/kernel-row-scorer.js');
    const { rowScorer } = await import('../../../src/boosting/scoring/row-scorer.js');
    const { batchScorer } = await import('../../../src/boosting/scoring/batch-scorer.js');
    const ensemble = ensembleOf([handMadeTree]);
    expect(kernelRowScorer(ensemble)).toBeUndefined();
    const out = new Float64Array(1);
    rowScorer(ensemble)(Float64Array.of(9, -3, 0), out);
    expect(out[0]).toBe(30);
    const columns = [9, -2, 0].map((value) => Float64Array.of(value));
    batchScorer(ensemble)(columns, 1, out);
    expect(out[0]).toBe(40);
  } finally {
    vi.unstubAllGlobals();
    vi.resetModules();
  }
});
