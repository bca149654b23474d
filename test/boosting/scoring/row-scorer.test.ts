// Every way to score one row gives the bits of the plain walk.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTreeEnsemble } from '../../../src/boosting/scoring/check-tree-ensemble.js';
import { compiledRowScorer } from '../../../src/boosting/scoring/compiled-row-scorer.js';
import { flatRowScorer } from '../../../src/boosting/scoring/flat-row-scorer.js';
import { scoreRow } from '../../../src/boosting/scoring/score-row.js';
import { makeEnsemble, makeRows, shapes } from './random-ensemble.js';

const N_ROWS = 20;

describe.each([
  ['compiled', compiledRowScorer],
  ['flat', flatRowScorer],
])('the %s row scorer', (_, makeScorer) => {
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
});
