import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brier } from '../../src/evaluation/brier.js';
import { calibrationCurve } from '../../src/evaluation/calibration-curve.js';
import { logLoss } from '../../src/evaluation/log-loss.js';
import { weightedMean } from '../../src/evaluation/weighted-mean.js';
import { binaryRows, repeated } from './binary-rows.js';

describe('logLoss', () => {
  test('is the mean of -ln of the probability given to what came true', () => {
    expect(logLoss(Float64Array.of(1, 0), Float64Array.of(0.8, 0.4))).toBeCloseTo(
      -(Math.log(0.8) + Math.log(0.6)) / 2,
      15,
    );
    const threeClasses = Float64Array.of(0.2, 0.5, 0.3, 0.1, 0.1, 0.8);
    expect(logLoss(Float64Array.of(1, 2), threeClasses)).toBeCloseTo(-(Math.log(0.5) + Math.log(0.8)) / 2, 15);
  });

  test('costs -ln(2^-52) for a sure mistake and no more', () => {
    expect(logLoss(Float64Array.of(0), Float64Array.of(1))).toBe(52 * Math.LN2);
    expect(logLoss(Float64Array.of(1), Float64Array.of(0))).toBe(52 * Math.LN2);
  });

  test('is the same for one probability a row and for two', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const both = Float64Array.from(Array.from(scores).flatMap((score) => [1 - score, score]));
        expect(logLoss(target, both, weights)).toBe(logLoss(target, scores, weights));
      }),
    );
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const rows = logLoss(repeated(target, weights), repeated(scores, weights));
        expect(logLoss(target, scores, weights)).toBeCloseTo(rows, 12);
      }),
    );
  });
});

describe('brier', () => {
  test('is the mean squared distance from 0 or 1', () => {
    expect(brier(Float64Array.of(1, 0), Float64Array.of(0.75, 0.5))).toBe((0.0625 + 0.25) / 2);
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const rows = brier(repeated(target, weights), repeated(scores, weights));
        expect(brier(target, scores, weights)).toBeCloseTo(rows, 12);
      }),
    );
  });
});

describe('calibrationCurve', () => {
  test('has mean probability, share of positives and weight of each bin that has rows', () => {
    const curve = calibrationCurve(Float64Array.of(0, 1, 1, 1), Float64Array.of(0.125, 0.25, 0.75, 1), 2);
    expect([...curve.predicted]).toEqual([0.1875, 0.875]);
    expect([...curve.observed]).toEqual([0.5, 1]);
    expect([...curve.weight]).toEqual([2, 2]);
  });

  test('puts an edge into the bin below it, and 0 into the first', () => {
    const curve = calibrationCurve(Float64Array.of(0, 0, 1), Float64Array.of(0, 0.5, 0.5000001), 2);
    expect([...curve.weight]).toEqual([2, 1]);
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(binaryRows, fc.integer({ min: 1, max: 12 }), ({ target, scores, weights }, nBins) => {
        const weighted = calibrationCurve(target, scores, nBins, weights);
        expect(weighted).toEqual(calibrationCurve(repeated(target, weights), repeated(scores, weights), nBins));
      }),
    );
  });

  test('keeps the overall mean of probabilities and of labels', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const curve = calibrationCurve(target, scores, 10, weights);
        const mean = (values: Float64Array, by: Float64Array): number =>
          weightedMean(values.length, (i) => values[i] as number, by);
        expect(mean(curve.predicted, curve.weight)).toBeCloseTo(mean(scores, weights), 12);
        expect(mean(curve.observed, curve.weight)).toBeCloseTo(mean(target, weights), 12);
      }),
    );
  });
});

describe('weightedMean', () => {
  test('keeps small terms between large ones that cancel', () => {
    const values = [1e16, 1, -1e16];
    expect(weightedMean(3, (row) => values[row] as number)).toBe(1 / 3);
  });
});
