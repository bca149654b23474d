// Stated rates beside how often tables of the reference's own distribution are called drifted.
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { detectDrift } from '../../../src/drift/detect-drift.js';
import type { DriftOptions } from '../../../src/drift/drift-options.js';
import { driftReference } from '../../../src/drift/reference/make-drift-reference.js';
import { sampleSpec, sampleTable } from '../sample-table.js';

const ROUNDS = 200;

/** How often each column was called drifted, and how often that was to be expected. */
function simulate(options: DriftOptions): { name: string; alarms: number; rate: number }[] {
  const random = createRandom(23);
  const found = new Map<string, { alarms: number; rate: number }>();
  for (let round = 0; round < ROUNDS; round++) {
    const reference = driftReference(sampleTable(random, 2000), sampleSpec);
    for (const each of detectDrift({ reference, current: sampleTable(random, 500), ...options }).columns) {
      if (each.falseAlarmRate === null) continue;
      const before = found.get(each.name) ?? { alarms: 0, rate: 0 };
      found.set(each.name, {
        alarms: before.alarms + Number(each.isDrifted),
        rate: before.rate + each.falseAlarmRate / ROUNDS,
      });
    }
  }
  return [...found].map(([name, counts]) => ({ name, ...counts }));
}

/** Four standard deviations of a binomial number around its mean: once in ten thousand seeds. */
const slack = (rate: number): number => 4 * Math.sqrt(ROUNDS * rate * Math.max(0, 1 - rate)) + 1;

describe('falseAlarmRate', () => {
  test.each<[string, DriftOptions]>([
    ['the index of the textbook', { numericMeasure: 'psi', categoricalMeasure: 'psi', distance: 0.035 }],
    [
      'chi-squared against counts that are taken for the truth',
      { numericMeasure: 'chi-squared', categoricalMeasure: 'chi-squared', level: 0.1 },
    ],
  ])('says how often %s is wrong', (_, options) => {
    for (const { name, alarms, rate } of simulate(options))
      expect(Math.abs(alarms - ROUNDS * rate), `${name}: ${alarms} alarms, rate ${rate}`).toBeLessThan(slack(rate));
  });

  test.each<[string, DriftOptions]>([
    ['Kolmogorov-Smirnov, whose bins hide some distance', { numericMeasure: 'kolmogorov-smirnov' }],
    ['Wasserstein, which has a bound', { numericMeasure: 'wasserstein', distance: 0.12 }],
    ['Jensen-Shannon, which may have empty bins', { numericMeasure: 'jensen-shannon', distance: 0.08 }],
  ])('says how often %s is wrong at most', (_, options) => {
    for (const { name, alarms, rate } of simulate(options))
      expect(alarms - ROUNDS * rate, `${name}: ${alarms} alarms, rate ${rate}`).toBeLessThan(slack(rate));
  });

  test('is no higher for thresholds that are', () => {
    const random = createRandom(29);
    const reference = driftReference(sampleTable(random, 2000), sampleSpec);
    const current = sampleTable(random, 500);
    for (const numericMeasure of [
      'wasserstein',
      'psi',
      'jensen-shannon',
      'jensen-shannon-divergence',
      'hellinger',
    ] as const) {
      const rates = [0.01, 0.05, 0.2, 0.9].map((distance) =>
        detectDrift({ reference, current, numericMeasure, distance }),
      );
      const [height] = [rates.map(({ columns }) => columns[0]?.falseAlarmRate as number)];
      expect(height).toEqual([...height].sort((a, b) => b - a));
      expect(height?.[3]).toBeLessThan(1e-6);
    }
  });
});
