// Every loss against its definition, and its derivatives against differences of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binaryLogLoss } from '../../src/models/binary-log-loss.js';
import type { ScoreLoss } from '../../src/models/score-loss.js';
import { softmaxLogLoss } from '../../src/models/softmax-log-loss.js';
import { squaredLoss } from '../../src/models/squared-loss.js';

interface Case {
  readonly name: string;
  readonly nScores: number;
  make(target: Float64Array, weights: Float64Array): ScoreLoss;
  naive(scores: readonly number[], y: number): number;
}

const CASES: readonly Case[] = [
  {
    name: 'binary log loss',
    nScores: 1,
    make: binaryLogLoss,
    naive: ([z = 0], y) => -Math.log(y === 1 ? 1 / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z))),
  },
  {
    name: 'softmax log loss',
    nScores: 3,
    make: (target, weights) => softmaxLogLoss(target, weights, 3),
    naive: (scores, y) => -Math.log(Math.exp(scores[y] ?? 0) / scores.reduce((sum, z) => sum + Math.exp(z), 0)),
  },
  { name: 'squared loss', nScores: 1, make: squaredLoss, naive: ([z = 0], y) => (z - y) ** 2 / 2 },
];
const STEP = 1e-5;

describe.each(CASES)('$name', ({ nScores, make, naive }) => {
  const rows = fc.array(
    fc.record({
      y: fc.nat(Math.max(nScores - 1, 1)),
      weight: fc.constantFrom(0.5, 1, 1, 2),
      scores: fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: nScores, maxLength: nScores }),
    }),
    { minLength: 1, maxLength: 20 },
  );

  test('has the value, slope and curvature of its definition', () =>
    fc.assert(
      fc.property(rows, (all) => {
        const loss = make(
          Float64Array.from(all, ({ y }) => y),
          Float64Array.from(all, ({ weight }) => weight),
        );
        const scores = Array.from({ length: nScores }, (_, k) => Float64Array.from(all, (row) => row.scores[k] ?? 0));
        const curvature = new Float64Array(all.length);
        const value = loss.block(scores, 0, all.length, curvature);
        expect(value).toBeCloseTo(
          all.reduce((sum, row) => sum + row.weight * naive(row.scores, row.y), 0),
          6,
        );
        for (const [i, row] of all.entries()) {
          const at = (k: number, by: number) =>
            row.weight *
            naive(
              row.scores.map((z, other) => (other === k ? z + by : z)),
              row.y,
            );
          let bend = 0;
          for (let k = 0; k < nScores; k++) {
            expect(scores[k]?.[i]).toBeCloseTo((at(k, STEP) - at(k, -STEP)) / (2 * STEP), 4);
            bend += (at(k, 1e-3) - 2 * at(k, 0) + at(k, -1e-3)) / 1e-6 / nScores;
          }
          expect(curvature[i]).toBeCloseTo(bend, 3);
        }
      }),
    ));

  test('stays finite at scores past the range of the exponential', () => {
    const loss = make(Float64Array.of(0, 1), Float64Array.of(1, 1));
    const scores = Array.from({ length: nScores }, (_, k) => Float64Array.of(1e4 * (k + 1), -1e4 * (k + 1)));
    expect(loss.block(scores, 0, 2, new Float64Array(2))).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

test('binary log loss adds up many rows of one weight without overflow', () => {
  const nRows = 5000;
  const loss = binaryLogLoss(
    Float64Array.from({ length: nRows }, (_, row) => row % 2),
    new Float64Array(nRows).fill(1),
  );
  expect(loss.block([new Float64Array(nRows)], 0, nRows, new Float64Array(nRows))).toBeCloseTo(nRows * Math.log(2), 8);
});
