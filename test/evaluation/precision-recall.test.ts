import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePrecision, precisionRecallCurve } from '../../src/evaluation/precision-recall.js';
import { rankedCounts } from '../../src/evaluation/ranked-counts.js';
import { type BinaryRows, binaryRows, repeated } from './binary-rows.js';

/** Precision and recall of calling every row positive that scores `threshold` or higher. */
function at(threshold: number, { target, scores, weights }: BinaryRows): { precision: number; recall: number } {
  let right = 0;
  let called = 0;
  let positives = 0;
  target.forEach((label, i) => {
    const weight = weights[i] as number;
    positives += weight * label;
    if ((scores[i] as number) < threshold) return;
    called += weight;
    right += weight * label;
  });
  return { precision: right / called, recall: right / positives };
}

function weightedThresholds({ scores, weights }: BinaryRows): number[] {
  return [...new Set(scores.filter((_, i) => (weights[i] as number) > 0))].sort((a, b) => b - a);
}

/** The definition: precision at each threshold, weighted by the recall that it adds. */
function naiveAveragePrecision(rows: BinaryRows): number {
  let sum = 0;
  let before = 0;
  for (const threshold of weightedThresholds(rows)) {
    const { precision, recall } = at(threshold, rows);
    sum += precision * (recall - before);
    before = recall;
  }
  return sum;
}

describe('averagePrecision', () => {
  test('is the mean of precision by the recall it adds', () => {
    fc.assert(
      fc.property(binaryRows, (rows) => {
        expect(averagePrecision(rows.target, rows.scores, rows.weights)).toBeCloseTo(naiveAveragePrecision(rows), 12);
      }),
    );
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const rows = averagePrecision(repeated(target, weights), repeated(scores, weights));
        expect(averagePrecision(target, scores, weights)).toBe(rows);
      }),
    );
  });

  test('stays when scores are mapped by an increasing function', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const mapped = scores.map((score) => score ** 3 + 2 * score - 7);
        expect(averagePrecision(target, mapped, weights)).toBe(averagePrecision(target, scores, weights));
      }),
    );
  });

  test('is the share of positive rows where all scores tie', () => {
    expect(averagePrecision(Float64Array.of(1, 0, 0, 1, 0), new Float64Array(5))).toBe(0.4);
  });

  test('is NaN where no row is positive, 1 where all are', () => {
    expect(averagePrecision(Float64Array.of(0, 0), Float64Array.of(0.1, 0.2))).toBeNaN();
    expect(averagePrecision(Float64Array.of(1, 1), Float64Array.of(0.1, 0.2))).toBe(1);
  });
});

describe('precisionRecallCurve', () => {
  test('has precision and recall of every threshold, after a first point at recall 0', () => {
    fc.assert(
      fc.property(binaryRows, (rows) => {
        const curve = precisionRecallCurve(rankedCounts(rows.target, rows.scores, rows.weights));
        const thresholds = weightedThresholds(rows);
        expect([...curve.thresholds]).toEqual([Number.POSITIVE_INFINITY, ...thresholds]);
        expect([...curve.precision]).toEqual([1, ...thresholds.map((threshold) => at(threshold, rows).precision)]);
        expect([...curve.recall]).toEqual([0, ...thresholds.map((threshold) => at(threshold, rows).recall)]);
      }),
    );
  });
});
