import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankedCounts } from '../../src/evaluation/ranked-counts.js';
import { auc, rocCurve } from '../../src/evaluation/roc.js';
import { type BinaryRows, binaryRows, repeated } from './binary-rows.js';

/** The share of pairs of a positive and a negative row that the scores put in order. */
function pairAuc({ target, scores, weights }: BinaryRows): number {
  let right = 0;
  let all = 0;
  target.forEach((positive, i) => {
    target.forEach((negative, j) => {
      if (positive !== 1 || negative !== 0) return;
      const pair = (weights[i] as number) * (weights[j] as number);
      const difference = (scores[i] as number) - (scores[j] as number);
      all += pair;
      right += pair * (difference > 0 ? 1 : difference === 0 ? 0.5 : 0);
    });
  });
  return right / all;
}

describe('auc', () => {
  test('is the share of pairs in order, ties half, on weighted rows', () => {
    fc.assert(
      fc.property(binaryRows, (rows) => {
        // Both sides divide the same whole numbers once: no tolerance is needed.
        expect(auc(rows.target, rows.scores, rows.weights)).toBe(pairAuc(rows));
      }),
    );
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        expect(auc(target, scores, weights)).toBe(auc(repeated(target, weights), repeated(scores, weights)));
      }),
    );
  });

  test('stays when scores are mapped by an increasing function', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const mapped = scores.map((score) => Math.exp(3 * score) - 5);
        expect(auc(target, mapped, weights)).toBe(auc(target, scores, weights));
      }),
    );
  });

  test('is mirrored when scores are negated', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const mirrored = auc(
          target,
          scores.map((score) => -score),
          weights,
        );
        expect(mirrored + auc(target, scores, weights)).toBeCloseTo(1, 14);
      }),
    );
  });

  test('does not depend on the order of many rows', () => {
    const n = 5000;
    const target = Float64Array.from({ length: n }, (_, i) => Number((i * 7919) % 10 < 3));
    const scores = Float64Array.from({ length: n }, (_, i) => ((i * 104729) % 1013) / 1013);
    expect(auc(target.toReversed(), scores.toReversed())).toBe(auc(target, scores));
  });

  test('is NaN where the rows are of one class', () => {
    expect(auc(Float64Array.of(1, 1), Float64Array.of(0.2, 0.4))).toBeNaN();
    expect(auc(Float64Array.of(0, 1), Float64Array.of(0.2, 0.4), Float64Array.of(0, 1))).toBeNaN();
  });
});

describe('rocCurve', () => {
  test('runs from (0, 0) to (1, 1), never back, with the AUC under it', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const { fpr, tpr, thresholds } = rocCurve(rankedCounts(target, scores, weights));
        const last = fpr.length - 1;
        expect([fpr[0], tpr[0], fpr[last], tpr[last]]).toEqual([0, 0, 1, 1]);
        let area = 0;
        for (let i = 1; i <= last; i++) {
          const [x, before] = [fpr[i] as number, fpr[i - 1] as number];
          const [y, yBefore] = [tpr[i] as number, tpr[i - 1] as number];
          expect(x >= before && y >= yBefore && (thresholds[i] as number) < (thresholds[i - 1] as number)).toBe(true);
          area += ((x - before) * (y + yBefore)) / 2;
        }
        expect(area).toBeCloseTo(auc(target, scores, weights), 12);
      }),
    );
  });

  test('has at each threshold the shares of rows scored at or above it', () => {
    const target = Float64Array.of(1, 0, 1, 0, 0);
    const scores = Float64Array.of(0.9, 0.9, 0.5, 0.1, 0.5);
    const curve = rocCurve(rankedCounts(target, scores));
    expect([...curve.thresholds]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.5, 0.1]);
    expect([...curve.tpr]).toEqual([0, 1 / 2, 1, 1]);
    expect([...curve.fpr]).toEqual([0, 1 / 3, 2 / 3, 1]);
  });
});
