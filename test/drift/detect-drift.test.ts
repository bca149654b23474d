import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { detectDrift } from '../../src/drift/detect-drift.js';
import type { DriftOptions } from '../../src/drift/drift-options.js';
import type { ColumnDrift, DriftReport } from '../../src/drift/drift-report.js';
import { driftReference } from '../../src/drift/reference/make-drift-reference.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { sampleSpec, sampleTable } from './sample-table.js';

const random = createRandom(11);
const train = sampleTable(random, 5000);
const reference = driftReference(train, sampleSpec);
const same = sampleTable(random, 2000);
const moved = sampleTable(random, 2000, 0.4);
const column = ({ columns }: DriftReport, name: string): ColumnDrift =>
  columns.find((each) => each.name === name) as ColumnDrift;

describe('detectDrift', () => {
  test('finds a shift in every column and none where there is none', () => {
    expect(detectDrift({ reference, current: same })).toMatchObject({ isDrifted: false, drifted: { count: 0, of: 5 } });
    const found = detectDrift({ reference, current: moved });
    expect(found).toMatchObject({ isDrifted: true });
    for (const name of ['height', 'income', 'city']) expect(column(found, name).isDrifted, name).toBe(true);
  });

  test('chooses as Evidently does: by type, distinct values and rows of the reference', () => {
    const measures = (nRows: number) => {
      const report = detectDrift({ reference: driftReference(sampleTable(random, nRows), sampleSpec), current: same });
      return report.columns.map(({ measure }) => measure);
    };
    expect(measures(1000)).toEqual([
      'kolmogorov-smirnov',
      'kolmogorov-smirnov',
      'chi-squared',
      'chi-squared',
      'proportions',
      null,
    ]);
    expect(measures(1001)).toEqual([
      'wasserstein',
      'wasserstein',
      'jensen-shannon',
      'jensen-shannon',
      'jensen-shannon',
      null,
    ]);
  });

  test.each([
    ['kolmogorov-smirnov', 0.01],
    ['wasserstein', 0.02],
    ['psi', 1e-12],
    ['psi-evidently', 0.02],
    ['jensen-shannon', 0.02],
    ['hellinger', 0.02],
  ] as const)('measures %s by the bins of the reference nearly as by its rows', (numericMeasure, tolerance) => {
    for (const current of [same, moved]) {
      const bins = detectDrift({ reference, current, numericMeasure });
      const rows = detectDrift({ reference, current, samples: train, numericMeasure });
      for (const name of ['height', 'income'])
        expect(Math.abs((column(bins, name).value as number) - (column(rows, name).value as number))).toBeLessThan(
          tolerance,
        );
      // A column with a bin for each of its values loses nothing.
      expect(column(bins, 'rooms')).toEqual(column(rows, 'rooms'));
    }
  });

  test('adjusts p-values for many columns, and then calls fewer of them drifted', () => {
    const options = {
      reference,
      current: sampleTable(random, 300, 0.12),
      numericMeasure: 'kolmogorov-smirnov',
    } as const;
    const plain = detectDrift({ ...options, categoricalMeasure: 'chi-squared', level: 0.2 });
    const adjusted = detectDrift({
      ...options,
      categoricalMeasure: 'chi-squared',
      level: 0.2,
      correction: 'benjamini-hochberg',
    });
    for (const [i, { pValue, adjustedPValue }] of adjusted.columns.entries()) {
      expect(pValue).toBe(plain.columns[i]?.pValue);
      if (pValue !== null) expect(adjustedPValue as number).toBeGreaterThanOrEqual(pValue);
    }
    expect(adjusted.drifted.count).toBeLessThanOrEqual(plain.drifted.count);
  });

  test.each<[string, DriftOptions]>([
    ['numericMeasure', { numericMeasure: 'psi' }],
    ['categoricalMeasure', { categoricalMeasure: 'hellinger' }],
    ['level', { level: 0.9, numericMeasure: 'kolmogorov-smirnov' }],
    ['distance', { distance: 1e-6 }],
    ['correction', { correction: 'benjamini-hochberg', numericMeasure: 'kolmogorov-smirnov' }],
    ['qualityShare', { qualityShare: 0 }],
  ])('takes notice of the option %s', (name, options) => {
    const { [name as keyof DriftOptions]: _, ...others } = options;
    const judged = (given: DriftOptions) => {
      const { settings, ...report } = detectDrift({ reference, current: same, ...given });
      expect(settings).toMatchObject(given);
      return report;
    };
    expect(judged(options)).not.toEqual(judged(others));
  });

  test('calls the whole drifted from the asked share of its columns on', () => {
    const { share } = detectDrift({ reference, current: moved }).drifted;
    expect(detectDrift({ reference, current: moved, driftShare: share }).isDrifted).toBe(true);
    expect(detectDrift({ reference, current: moved, driftShare: share + 0.01 }).isDrifted).toBe(false);
  });

  test('names what happened to the quality of a column', () => {
    const current = makeTable([
      ['height', new DictionaryColumn(Int32Array.of(0, 0, -1, -1), ['tall'])],
      ['income', Float64Array.of(-5, 1, 1e9, Number.NaN)],
      ['city', new DictionaryColumn(Int32Array.of(0, 1, 2, -1), ['Bern', 'Atlantis', ''])],
      ['owner', new BooleanColumn(Int8Array.of(1, 0, 1, 0))],
      ['since', Float64Array.of(1, 2, 3, 4)],
    ]);
    const report = detectDrift({ reference, current });
    expect(column(report, 'height').quality).toMatchObject({
      mistyped: 0.5,
      missing: { current: 0.5 },
      changes: ['missing', 'type'],
    });
    expect(column(report, 'height')).toMatchObject({ measure: null, isDrifted: false, distribution: null });
    expect(column(report, 'income').quality).toMatchObject({ below: 0.25, above: 0.25, changes: ['missing', 'range'] });
    expect(column(report, 'rooms').quality).toMatchObject({
      missing: { reference: 0, current: 1 },
      changes: ['missing'],
    });
    expect(column(report, 'city').quality).toMatchObject({
      unseen: { share: 0.25, values: ['Atlantis'] },
      missing: { current: 0.5 },
      changes: ['missing', 'categories'],
    });
    expect(column(report, 'owner').quality.changes).toEqual([]);
    expect(column(report, 'since').quality.changes).toEqual(['type']);
  });

  test('is plain JSON, and draws shares that add up to one', () => {
    const report = detectDrift({ reference, current: moved, samples: train });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    for (const { distribution } of report.columns) {
      if (distribution === null) continue;
      for (const shares of [distribution.reference, distribution.current])
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    }
  });

  test('answers for no rows, and refuses options that there are not', () => {
    const empty = makeTable(train.columnNames().map((name) => [name, new Float64Array(0)] as const));
    expect(detectDrift({ reference, current: empty })).toMatchObject({
      isDrifted: false,
      drifted: { count: 0, of: 0, share: 0 },
    });
    expect(() => detectDrift({ reference, current: same, level: 2 })).toThrow(
      'drift: level must be a number in (0, 1), got 2',
    );
    expect(() => detectDrift({ reference, current: same, numericMeasure: 'mse' as never })).toThrow(
      'drift: numericMeasure must be one of auto',
    );
  });
});
