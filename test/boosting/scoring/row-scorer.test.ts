// Every way to score one row gives the bits of the plain walk.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { checkTreeEnsemble } from '../../../src/boosting/scoring/check-tree-ensemble.js';
import { compiledRowScorer } from '../../../src/boosting/scoring/compiled-row-scorer.js';
import { flatRowScorer } from '../../../src/boosting/scoring/flat-row-scorer.js';
import { rowScorer } from '../../../src/boosting/scoring/row-scorer.js';
import { scoreRow } from '../../../src/boosting/scoring/score-row.js';
import { chainTree, ensembleOf, handMadeTree, leafTree } from './hand-made.js';
import { makeEnsemble, makeRows, shapes } from './random-ensemble.js';

const N_ROWS = 20;

const scorers = { compiled: compiledRowScorer, flat: flatRowScorer };

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
    makeScorer(ensembleOf([chainTree(100)]))?.(Float64Array.of(95.5, 0, 0), out);
    expect(out[0]).toBe(96);
  });
});

test('trees too large or too deep for a function are scored from flat arrays', () => {
  const out = new Float64Array(1);
  for (const nNodes of [101, 1501]) {
    const ensemble = ensembleOf([chainTree(nNodes)]);
    expect(compiledRowScorer(ensemble)).toBeUndefined();
    rowScorer(ensemble)(Float64Array.of(nNodes - 1.5, 0, 0), out);
    expect(out[0]).toBe(nNodes - 1);
  }
});

test('a host that forbids code generation scores from flat arrays', () => {
  const refused = vi.fn();
  class ForbiddenFunction {
    constructor() {
      refused();
      throw new EvalError('Code generation from strings disallowed for this context');
    }
  }
  vi.stubGlobal('Function', ForbiddenFunction);
  try {
    const out = new Float64Array(1);
    rowScorer(ensembleOf([handMadeTree]))(Float64Array.of(9, -3, 0), out);
    expect(out[0]).toBe(30);
    expect(refused).toHaveBeenCalled();
  } finally {
    vi.unstubAllGlobals();
  }
});
