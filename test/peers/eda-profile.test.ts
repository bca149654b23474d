// Profiles of real tables beside pandas, scipy, phik, statsmodels and ydata-profiling: every statistic that they have too.
import { beforeAll, describe, expect, test } from 'vitest';
import type { ColumnProfile, Histogram } from '../../src/eda/column-profile-types.js';
import { profile } from '../../src/eda/profile.js';
import type { AssociationKind, AssociationMatrix, Profile } from '../../src/eda/profile-types.js';
import { csv } from '../../src/loaders/csv/csv.js';
import { realData } from './real-data.js';
import { hasEnvironment, runPython } from './run-python.js';

/** Sums of up to 50,000 doubles in another order. */
const SUMS = 1e-9;
/** Fourth powers lose more, pandas' more than ours. */
const HIGHER_MOMENTS = 1e-6;
/** phik solves to 1e-5, over integrals that are themselves drawn at random and good to 1e-5 or so. */
const PHI_K = 2e-4;
/** Both solve a least-squares problem of some 50 variables, theirs by a pseudo-inverse. */
const REGRESSION = 1e-6;

type Numbers = Readonly<Record<string, number | null>>;
type Matrix = readonly (readonly (number | null)[])[];

interface PeerColumn extends Readonly<Record<string, unknown>> {
  readonly kind: 'number' | 'string' | 'date' | 'boolean';
}

interface PeerAnswer {
  readonly columns: Readonly<Record<string, PeerColumn>>;
  readonly associations: Readonly<Partial<Record<AssociationKind, Matrix>>>;
  readonly duplicates: readonly [rows: number, groups: number];
  readonly series: Readonly<Record<string, Readonly<Record<'adf' | 'acf' | 'pacf', readonly number[]>>>>;
  readonly ydata: {
    readonly duplicateGroups: number;
    readonly missingCells: number;
    readonly variables: Readonly<Record<string, Numbers & { readonly type: string }>>;
    readonly auto: { readonly columns: readonly string[]; readonly values: Matrix };
  };
}

const TABLES = [
  { file: 'adult.csv', dates: [], numbers: [], series: [] },
  // TotalCharges has blanks, which pandas takes for text.
  { file: 'telco-churn.csv', dates: [], numbers: ['TotalCharges'], series: [] },
  { file: 'taxis.csv', dates: ['pickup', 'dropoff'], numbers: [], series: [] },
  { file: 'pollution-beijing.csv', dates: [], numbers: [], series: ['TEMP', 'PRES', 'Iws'] },
];

function expectClose(ours: number | null | undefined, theirs: unknown, tolerance: number, what: string): void {
  if (theirs === null || theirs === undefined) {
    expect(ours ?? null, what).toBeNull();
    return;
  }
  const distance = Math.abs((ours ?? Number.NaN) - (theirs as number)) / Math.max(1, Math.abs(theirs as number));
  expect(distance, `${what}: ${ours} for ${theirs}`).toBeLessThanOrEqual(tolerance);
}

function expectNumbers(column: ColumnProfile, peer: PeerColumn): void {
  const { numeric, name } = column;
  if (numeric === undefined) {
    expect(['boolean', 'constant'], name).toContain(column.type);
    return;
  }
  for (const key of ['mean', 'std', 'variance', 'cv', 'sum', 'minimum', 'maximum', 'mad'] as const) {
    expectClose(numeric[key], peer[key], SUMS, `${name} ${key}`);
  }
  for (const key of ['skewness', 'kurtosis'] as const) {
    expectClose(numeric[key], peer[key], HIGHER_MOMENTS, `${name} ${key}`);
  }
  expect(numeric.zeros.count, name).toBe(peer.zeros);
  expect(numeric.negative.count, name).toBe(peer.negative);
  expect(numeric.monotonicity.toLowerCase().includes('increasing'), name).toBe(peer.increasing);
  const { q01, q05, q25, q50, q75, q95, q99 } = numeric.quantiles ?? {};
  for (const [i, ours] of [q01, q05, q25, q50, q75, q95, q99].entries()) {
    expectClose(ours, (peer.quantiles as number[])[i], SUMS, `${name} quantile ${i}`);
  }
  expect(numeric.smallest.map(({ value, count }) => [value, count])).toEqual(peer.smallest);
  expect(numeric.largest.map(({ value, count }) => [value, count])).toEqual(peer.largest);
}

function expectHistogram({ histogram, numeric, name }: ColumnProfile, peer: PeerColumn): void {
  if (histogram === undefined || peer.histogram === undefined) return;
  expect(wholeCounts(histogram), name).toEqual(peer.histogram);
  if (histogram.spike !== null || numeric === undefined) return;
  const [statistic, p] = (peer.uniformity ?? []) as number[];
  expectClose(numeric.uniformity?.statistic, statistic, SUMS, `${name} chi-squared`);
  expectClose(numeric.uniformity?.p, p, 1e-9, `${name} p`);
}

/** With the value that is shown apart in its bin, where that lies between the edges. */
function wholeCounts({ counts, edges, spike }: Histogram): number[] {
  const whole = [...counts];
  const value = spike?.value ?? null;
  if (spike === null || value === null || value < (edges[0] as number) || value > (edges.at(-1) as number))
    return whole;
  const bin = Math.min(
    edges.findLastIndex((edge) => edge <= value),
    whole.length - 1,
  );
  whole[bin] = (whole[bin] as number) + spike.count;
  return whole;
}

function expectText({ text, name }: ColumnProfile, peer: PeerColumn): void {
  const lengths = [text?.minLength, text?.maxLength, text?.meanLength, text?.medianLength];
  for (const [i, length] of lengths.entries()) {
    // Of an even number of rows, our median is the lower one of the middle.
    expectClose(length, (peer.lengths as number[])[i], i === 3 ? 0.5 : SUMS, `${name} length ${i}`);
  }
  expect(text?.nCharacters, name).toBe(peer.characters);
}

function expectMatrix(ours: AssociationMatrix, theirs: Matrix, tolerance: number): void {
  for (const [i, row] of ours.values.entries()) {
    for (const [j, value] of row.entries()) {
      expectClose(value, theirs[i]?.[j], tolerance, `${ours.kind} ${ours.columns[i]} ${ours.columns[j]}`);
    }
  }
}

function requestOf({ file, ...rest }: (typeof TABLES)[number], ours: Profile): unknown {
  const kinds = Object.fromEntries(ours.associations.matrices.map(({ kind, columns }) => [kind, columns]));
  const numeric = ours.columns.filter(({ type }) => type === 'numeric').map(({ name }) => name);
  const histograms = ours.columns.filter(({ histogram }) => histogram?.of === 'value');
  return {
    ...rest,
    path: realData(file),
    associations: { ...kinds, numeric },
    histograms: Object.fromEntries(histograms.map(({ name, histogram }) => [name, histogram])),
  };
}

const isThere = hasEnvironment('profile') && TABLES.every(({ file }) => realData(file) !== undefined);

describe.skipIf(!isThere).each(TABLES)('the profile of $file (needs npm run test:peers and the data)', (table) => {
  let ours: Profile;
  let peer: PeerAnswer;
  beforeAll(async () => {
    ours = await profile(csv(realData(table.file) as string), { timeSeries: table.series.length > 0 });
    peer = runPython('eda_profile.py', requestOf(table, ours), 'profile') as PeerAnswer;
  });

  test('has the statistics of pandas and scipy for each column', () => {
    expect(ours.columns.map(({ name }) => name)).toEqual(Object.keys(peer.columns));
    for (const column of ours.columns) {
      const theirs = peer.columns[column.name] as PeerColumn;
      if (theirs.kind === 'date') {
        expect([column.dates?.minimum, column.dates?.maximum]).toEqual([
          `${theirs.minimum}.000Z`,
          `${theirs.maximum}.000Z`,
        ]);
        continue;
      }
      expect([column.count, column.missing.count], column.name).toEqual([theirs.count, theirs.missing]);
      expect([column.distinct.count, column.distinct.unique], column.name).toEqual([theirs.distinct, theirs.unique]);
      expect(
        column.top?.values.map(({ count }) => count),
        column.name,
      ).toEqual(theirs.topCounts);
      if (theirs.kind === 'number') expectNumbers(column, theirs);
      else expectText(column, theirs);
      expectHistogram(column, theirs);
    }
  });

  test('has the associations of pandas and phik', () => {
    for (const matrix of ours.associations.matrices) {
      const theirs = peer.associations[matrix.kind];
      if (theirs !== undefined) expectMatrix(matrix, theirs, matrix.kind === 'phiK' ? PHI_K : SUMS);
    }
  });

  test('counts duplicates right, groups and rows', () => {
    expect([ours.duplicates.rows.count, ours.duplicates.nGroups]).toEqual(peer.duplicates);
  });

  test('has the numbers of ydata-profiling', () => {
    expect(ours.duplicates.nGroups).toBe(peer.ydata.duplicateGroups);
    expect(ours.overview.missingCells.count).toBe(peer.ydata.missingCells);
    for (const column of ours.columns) {
      const theirs = peer.ydata.variables[column.name];
      if (theirs === undefined) continue;
      expect([column.distinct.count, column.missing.count], column.name).toEqual([theirs.n_distinct, theirs.n_missing]);
      if (theirs.type === 'Categorical' && theirs.imbalance !== undefined && column.top?.balance != null) {
        expectClose(1 - column.top.balance, theirs.imbalance, SUMS, `${column.name} imbalance`);
      }
      if (theirs.type !== 'Numeric' || column.numeric === undefined) continue;
      const { numeric } = column;
      expectClose(numeric.mad, theirs.mad, SUMS, `${column.name} mad`);
      expectClose(numeric.iqr, theirs.iqr, SUMS, `${column.name} iqr`);
      expectClose(numeric.cv, theirs.cv, SUMS, `${column.name} cv`);
      expectClose(numeric.kurtosis, theirs.kurtosis, HIGHER_MOMENTS, `${column.name} kurtosis`);
    }
  });

  test('has the automatic associations of ydata-profiling, where it takes columns for the same types', () => {
    const auto = ours.associations.matrices.find(({ kind }) => kind === 'auto') as AssociationMatrix;
    let compared = 0;
    for (const [i, a] of peer.ydata.auto.columns.entries()) {
      for (const [j, b] of peer.ydata.auto.columns.entries()) {
        const [x, y] = [auto.columns.indexOf(a), auto.columns.indexOf(b)];
        const isSame = [a, b].every((name) => sameType(ours, peer, name));
        if (x < 0 || y < 0 || i >= j || !isSame) continue;
        compared += 1;
        expectClose(auto.values[x]?.[y], peer.ydata.auto.values[i]?.[j], SUMS, `${a} ${b}`);
      }
    }
    expect(compared).toBeGreaterThan(0);
  });

  test.skipIf(table.series.length === 0)('has the series of statsmodels', () => {
    for (const name of table.series) {
      const series = ours.columns.find((column) => column.name === name)?.series;
      const theirs = peer.series[name];
      const [statistic, p, lags, nObs] = theirs?.adf ?? [];
      expect([series?.adf?.lags, series?.adf?.nObs], name).toEqual([lags, nObs]);
      expectClose(series?.adf?.statistic, statistic, REGRESSION, `${name} adf`);
      expectClose(series?.adf?.p, p, REGRESSION, `${name} p`);
      for (const [lag, value] of (theirs?.acf ?? []).entries())
        expectClose(series?.acf[lag], value, SUMS, `${name} acf`);
      for (const [lag, value] of (theirs?.pacf ?? []).entries())
        expectClose(series?.pacf[lag], value, 1e-8, `${name} pacf`);
    }
  });
});

function sameType(ours: Profile, peer: PeerAnswer, name: string): boolean {
  const type = ours.columns.find((column) => column.name === name)?.type;
  return (type === 'numeric') === (peer.ydata.variables[name]?.type === 'Numeric');
}
