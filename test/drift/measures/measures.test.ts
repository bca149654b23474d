// What holds of every measure whatever the samples, and naive twins of the fast ones; their values are scipy's in the peers' tests.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { andersonDarling } from '../../../src/drift/measures/anderson-darling.js';
import { benjaminiHochberg } from '../../../src/drift/measures/benjamini-hochberg.js';
import { cramerVonMises } from '../../../src/drift/measures/cramer-von-mises.js';
import { decileShares, decilesOf } from '../../../src/drift/measures/decile-bins.js';
import { hellinger } from '../../../src/drift/measures/hellinger.js';
import { jensenShannonDistance } from '../../../src/drift/measures/jensen-shannon.js';
import { kolmogorovSmirnov } from '../../../src/drift/measures/kolmogorov-smirnov.js';
import { pairedCounts } from '../../../src/drift/measures/paired-counts.js';
import { populationStability } from '../../../src/drift/measures/population-stability.js';
import { sturgesBins } from '../../../src/drift/measures/sturges-bins.js';
import { wasserstein } from '../../../src/drift/measures/wasserstein.js';

const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 60 });
const small = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
const paired = (a: readonly number[], b: readonly number[]) =>
  pairedCounts(Float64Array.from(a).sort(), Float64Array.from(b).sort());

/** The largest distance of the empirical distributions, by the definition. */
function naiveDistance(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], at: number) => values.filter((value) => value <= at).length / values.length;
  return Math.max(...[...a, ...b].map((at) => Math.abs(share(a, at) - share(b, at))));
}

/** Every way to choose so many of the positions. */
function choices(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const firsts = Array.from({ length: Math.max(0, n - from) }, (_, i) => from + i);
  return firsts.flatMap((first) => choices(n, size - 1, first + 1).map((rest) => [first, ...rest]));
}

describe('measures of drift', () => {
  test('are nothing for equal samples, and the same either way round', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [there, back] = [paired(a, b), paired(b, a)];
        expect(wasserstein(paired(a, a))).toBe(0);
        expect(wasserstein(there)).toBeCloseTo(wasserstein(back), 12);
        expect(kolmogorovSmirnov(paired(a, a))).toEqual({ statistic: 0, pValue: 1 });
        expect(kolmogorovSmirnov(there).pValue).toBeCloseTo(kolmogorovSmirnov(back).pValue, 12);
        expect(cramerVonMises(there).statistic).toBeCloseTo(cramerVonMises(back).statistic, 10);
        const bins = sturgesBins(there, 50);
        const turned = { reference: bins.current, current: bins.reference };
        for (const measure of [hellinger, jensenShannonDistance]) {
          expect(measure({ reference: bins.reference, current: bins.reference })).toBeCloseTo(0, 7);
          expect(measure(bins)).toBeCloseTo(measure(turned), 12);
        }
        expect(populationStability(bins, 'textbook')).toBeCloseTo(populationStability(turned, 'textbook'), 10);
      }),
    );
  });

  test('by ranks do not change with a rising function of the values, and the Wasserstein distance grows with their scale', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const bent = (values: readonly number[]) => values.map((value) => value ** 3 + value);
        const [plain, curved] = [paired(a, b), paired(bent(a), bent(b))];
        expect(kolmogorovSmirnov(curved)).toEqual(kolmogorovSmirnov(plain));
        expect(cramerVonMises(curved)).toEqual(cramerVonMises(plain));
        expect(andersonDarling(curved)).toEqual(andersonDarling(plain));
        const scaled = paired(
          a.map((value) => 8 * value),
          b.map((value) => 8 * value),
        );
        expect(wasserstein(scaled)).toBeCloseTo(8 * wasserstein(plain), 9);
      }),
    );
  });

  test('Kolmogorov-Smirnov is the largest distance, and its p the share of splits at least as far apart', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const { statistic, pValue } = kolmogorovSmirnov(paired(a, b));
        expect(statistic).toBeCloseTo(naiveDistance(a, b), 12);
        // Of values without ties: by their ranks.
        const ranks = [...a, ...b].map((_, i) => i);
        const splits = choices(ranks.length, a.length).map((first) => {
          const second = ranks.filter((rank) => !first.includes(rank));
          return naiveDistance(first, second);
        });
        const far = splits.filter((distance) => distance >= statistic - 1e-9).length;
        expect(pValue).toBeCloseTo(far / splits.length, 9);
      }),
    );
  });

  test('the Wasserstein distance of samples of one size is the mean distance of their values in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 1, maxLength: 40 }), (pairs) => {
        const a = pairs.map(([first]) => first).sort((x, y) => x - y);
        const b = pairs.map(([, second]) => second).sort((x, y) => x - y);
        const mean = a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
        expect(wasserstein(paired(a, b)) / Math.max(1, mean)).toBeCloseTo(mean / Math.max(1, mean), 9);
      }),
    );
  });

  test('bins by deciles hold every value once', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const shares = decileShares(paired(a, b), decilesOf(Float64Array.from(a).sort()));
        for (const each of [shares.reference, shares.current])
          expect(Array.from(each).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('adjusted p-values keep their order and call significant what the step-up rule does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (pValues) => {
        const adjusted = benjaminiHochberg(pValues);
        const sorted = [...pValues].sort((a, b) => a - b);
        const last = sorted.findLastIndex((p, i) => p <= (0.1 * (i + 1)) / sorted.length);
        const limit = sorted[last] ?? -1;
        for (const [i, p] of pValues.entries()) {
          if (Math.abs((adjusted[i] as number) - 0.1) > 1e-12) expect((adjusted[i] as number) <= 0.1).toBe(p <= limit);
        }
      }),
    );
  });
});
