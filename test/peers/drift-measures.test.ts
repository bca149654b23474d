// Measures of drift beside scipy's and Evidently's own on samples with ties, gaps and shifts, small and large.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Random } from '../../src/core/random.js';
import { createRandom } from '../../src/core/random.js';
import { chiSquaredTail } from '../../src/drift/distributions/chi-squared-tail.js';
import { cramerVonMisesTail } from '../../src/drift/distributions/cramer-von-mises-tail.js';
import { kolmogorovTail } from '../../src/drift/distributions/kolmogorov-tail.js';
import { smirnovTail } from '../../src/drift/distributions/smirnov-tail.js';
import { andersonDarling } from '../../src/drift/measures/anderson-darling.js';
import { benjaminiHochberg } from '../../src/drift/measures/benjamini-hochberg.js';
import { chiSquared } from '../../src/drift/measures/chi-squared.js';
import { cramerVonMises } from '../../src/drift/measures/cramer-von-mises.js';
import { decileShares, decilesOf } from '../../src/drift/measures/decile-bins.js';
import { hellinger } from '../../src/drift/measures/hellinger.js';
import { jensenShannonDistance, jensenShannonDivergence } from '../../src/drift/measures/jensen-shannon.js';
import { kolmogorovSmirnov } from '../../src/drift/measures/kolmogorov-smirnov.js';
import { pairedCounts } from '../../src/drift/measures/paired-counts.js';
import { populationStability } from '../../src/drift/measures/population-stability.js';
import { proportionTest } from '../../src/drift/measures/proportion-test.js';
import { evidentlyBins, sturgesBins } from '../../src/drift/measures/sturges-bins.js';
import { normedWasserstein, wasserstein } from '../../src/drift/measures/wasserstein.js';
import { hasEnvironment, runPython } from './run-python.js';

interface TestFound {
  readonly statistic: number;
  readonly pValue: number;
}
type Found = Readonly<Record<string, number | TestFound>>;

const random = createRandom(7);
const sample = (n: number, draw: (random: Random) => number): number[] => Array.from({ length: n }, () => draw(random));
const normal =
  (mean: number, deviation = 1) =>
  (from: Random) =>
    mean + deviation * from.normal();

const numeric = [
  ['few values', sample(7, normal(0)), sample(9, normal(1))],
  ['two values each', [1, 2], [2, 3]],
  ['of one size', sample(50, normal(0)), sample(50, normal(0.2))],
  ['ties', sample(90, (r) => Math.floor(6 * r.next())), sample(120, (r) => Math.floor(7 * r.next()))],
  [
    'a wide range of integers',
    sample(400, (r) => Math.floor(900 * r.next() ** 3)),
    sample(300, (r) => Math.floor(800 * r.next())),
  ],
  ['heavy tails', sample(900, (r) => 1 / (1 - r.next())), sample(1000, (r) => 2 / (1 - r.next()))],
  ['a shift', sample(1000, normal(0)), sample(700, normal(0.3))],
  ['no shift, many', sample(20_000, normal(0)), sample(15_001, normal(0))],
  ['a small shift, many', sample(20_000, normal(5, 2)), sample(25_000, normal(5.05, 2))],
  ['sizes far apart', sample(30_000, normal(0)), sample(40, normal(0.5))],
  ['nothing in common', sample(60, normal(0)), sample(80, normal(100))],
  ['one value in the reference', sample(60, () => 3), sample(80, normal(3))],
].map(
  ([name, reference, current]) =>
    ({ name, reference, current }) as { name: string; reference: number[]; current: number[] },
);

/** Letters as often as their weights say, in whole numbers. */
const letters = (n: number, weights: readonly number[]): string[] => {
  const urn = weights.flatMap((weight, at) => Array.from({ length: weight }, () => 'abcdefgh'[at] as string));
  return sample(n, (r) => Math.floor(urn.length * r.next())).map((at) => urn[at] as string);
};
const categorical = [
  { name: 'alike', reference: letters(500, [5, 3, 2, 1]), current: letters(300, [5, 3, 2, 1]) },
  { name: 'shifted', reference: letters(5000, [5, 3, 2, 1]), current: letters(3000, [5, 4, 2, 1]) },
  { name: 'two values', reference: letters(400, [3, 1]), current: letters(200, [2, 1]) },
  { name: 'a category gone', reference: letters(400, [3, 1, 1]), current: letters(200, [2, 1]) },
  { name: 'a rare category', reference: letters(40_000, [3000, 1000, 1]), current: letters(2000, [3, 1]) },
];

const kolmogorov = [1, 2, 5, 10, 100, 139, 141, 500, 5000, 60_000, 400_000].flatMap((n) =>
  [0.01, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.36, 1.5, 2, 3, 5].map((z) => [n, Math.min(1, z / Math.sqrt(n))] as const),
);
const chi = [1, 2, 3, 9, 20, 99, 1000].flatMap((df) =>
  [0.1, 0.5, 0.9, 1, 1.1, 1.5, 2, 4].map((k) => [df, k * df] as const),
);
const tails = {
  kolmogorov,
  chiSquared: chi,
  cramerVonMises: [0.002, 0.01, 0.05, 0.1, 0.2, 0.3473, 0.4614, 0.7435, 1, 1.5, 2.5],
  pValues: sample(40, (r) => r.next() ** 3),
};

function expectNear(ours: number, theirs: number | undefined, what: string, tolerance = 1e-9): void {
  if (ours === theirs) return;
  expect(Math.abs(ours - (theirs as number)) / Math.max(1, Math.abs(theirs as number)), what).toBeLessThanOrEqual(
    tolerance,
  );
}

function expectTest(ours: TestFound, theirs: number | TestFound | undefined, what: string): void {
  const { statistic, pValue } = theirs as TestFound;
  expectNear(ours.statistic, statistic, `${what}: statistic`);
  expectNear(ours.pValue, pValue, `${what}: p`);
}

const paired = ({ reference, current }: { reference: readonly number[]; current: readonly number[] }) =>
  pairedCounts(Float64Array.from(reference).sort(), Float64Array.from(current).sort());
const deviationOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

describe.skipIf(!hasEnvironment('drift'))('measures of drift beside scipy and Evidently', () => {
  let found: { numeric: Found[]; categorical: Found[]; tails: Readonly<Record<string, number[]>> };
  beforeAll(() => {
    found = runPython('drift_measures.py', { numeric, categorical, tails }, 'drift') as typeof found;
  }, 120_000);

  test.each(numeric.map((pair, i) => [pair.name, pair, i] as const))('numbers: %s', (_, pair, i) => {
    const counts = paired(pair);
    const theirs = found.numeric[i] as Found;
    expectTest(kolmogorovSmirnov(counts), theirs.ks, 'Kolmogorov-Smirnov');
    expectTest(kolmogorovSmirnov(counts, 'asymptotic'), theirs.ksAsymptotic, 'asymptotic Kolmogorov-Smirnov');
    expectNear(cramerVonMises(counts).statistic, (theirs.cramerVonMises as TestFound).statistic, 'Cramér-von Mises');
    // scipy stops its series at terms of 1e-7, and what they leave out is less.
    expectNear(cramerVonMises(counts).pValue, (theirs.cramerVonMises as TestFound).pValue, 'Cramér-von Mises: p', 1e-7);
    if (theirs.andersonDarling !== undefined)
      expectTest(andersonDarling(counts), theirs.andersonDarling, 'Anderson-Darling');
    expectNear(wasserstein(counts), theirs.wasserstein as number, 'Wasserstein');
    expectNear(
      normedWasserstein(counts, deviationOf(pair.reference)),
      theirs.wassersteinNormed as number,
      'normed Wasserstein',
    );
    const deciles = decileShares(counts, decilesOf(Float64Array.from(pair.reference).sort()));
    expectNear(populationStability(deciles, 'textbook'), theirs.psi as number, 'PSI');
    expectNear(
      populationStability(evidentlyBins(counts), 'evidently'),
      theirs.psiEvidently as number,
      "Evidently's PSI",
    );
    expectNear(jensenShannonDistance(evidentlyBins(counts)), theirs.jensenShannon as number, 'Jensen-Shannon');
    expectNear(hellinger(sturgesBins(counts, counts.values.length)), theirs.hellinger as number, 'Hellinger');
  });

  test.each(categorical.map((pair, i) => [pair.name, pair, i] as const))('categories: %s', (_, pair, i) => {
    const theirs = found.categorical[i] as Readonly<Record<string, number>>;
    const names = [...new Set([...pair.reference, ...pair.current])].sort();
    const count = (values: readonly string[]) => names.map((name) => values.filter((value) => value === name).length);
    const [reference, current] = [count(pair.reference), count(pair.current)];
    const shares = {
      reference: reference.map((n) => n / pair.reference.length),
      current: current.map((n) => n / pair.current.length),
    };
    expectNear(chiSquared(reference, current).pValue, theirs.chiSquared, 'chi-squared');
    expectNear(populationStability(shares, 'evidently'), theirs.psiEvidently, "Evidently's PSI");
    expectNear(jensenShannonDistance(shares), theirs.jensenShannon, 'Jensen-Shannon distance');
    expectNear(jensenShannonDivergence(shares), theirs.jensenShannonDivergence, 'Jensen-Shannon divergence');
    expectNear(hellinger(shares), theirs.hellinger, 'Hellinger');
    if (names.length !== 2) return;
    const hits = { reference: reference[0] as number, current: current[0] as number };
    const { pValue } = proportionTest(hits, { reference: pair.reference.length, current: pair.current.length });
    expectNear(pValue, theirs.proportions, 'proportions');
  });

  test('tails of distributions', () => {
    const {
      kolmogorov: two = [],
      smirnov: one = [],
      chiSquared: square = [],
      cramerVonMises: mises = [],
    } = found.tails;
    for (const [i, [n, x]] of kolmogorov.entries()) {
      expectNear(kolmogorovTail(n, x), two[i], `Kolmogorov, n ${n}, x ${x}`);
      expectNear(smirnovTail(n, x), one[i], `Smirnov, n ${n}, x ${x}`);
    }
    for (const [i, [df, x]] of chi.entries()) expectNear(chiSquaredTail(x, df), square[i], `chi-squared, ${df}, ${x}`);
    for (const [i, x] of tails.cramerVonMises.entries()) {
      expectNear(cramerVonMisesTail(x), mises[i], `Cramér-von Mises, ${x}`, 1e-7);
    }
    for (const [i, p] of benjaminiHochberg(tails.pValues).entries()) {
      expectNear(p, found.tails.benjaminiHochberg?.[i], `adjusted p ${i}`);
    }
  });
});
