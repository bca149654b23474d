import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import { SCORE_BUCKETS } from '../../src/monitoring/monitoring-metrics.js';
import { NO_SLOT, PredictionRing } from '../../src/monitoring/windows/prediction-ring.js';
import { RowBudget } from '../../src/monitoring/windows/row-budget.js';
import { RowCounts } from '../../src/monitoring/windows/row-counts.js';
import { SegmentCodes } from '../../src/monitoring/windows/segment-codes.js';

const spec: FeatureSpec = {
  fields: ['a', 'b', 'c'].map((name) => ({ name, type: 'string', nullable: true })),
  missing: ['', 'n/a'],
};

describe('PredictionRing', () => {
  test('finds the latest ids and their outputs, as a list of all predictions would', () => {
    const ids = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), ids, fc.integer({ min: 1, max: 20 }), (capacity, given, atMost) => {
        const ring = new PredictionRing(capacity, 2, 0);
        given.forEach((id, i) => {
          const slot = ring.add(`id-${id}`, i);
          ring.outputs.set([i, id], slot * 2);
        });
        const kept = given.map((id, i) => ({ id, i })).slice(-capacity);
        for (let id = 0; id <= 30; id++) {
          const last = kept.findLast((each) => each.id === id);
          const slot = ring.slotOf(`id-${id}`);
          expect(slot === NO_SLOT ? undefined : ring.times[slot]).toBe(last?.i);
        }
        expect([...ring.latestOutputs(atMost)]).toEqual(kept.slice(-atMost).flatMap(({ id, i }) => [i, id]));
      }),
    );
  });

  test('finds ids over many generations', () => {
    const ring = new PredictionRing(5000, 1, 0);
    for (let i = 0; i < 23_456; i++) ring.add(`id-${i}`, i);
    for (let i = 0; i < 23_456; i++) {
      const slot = ring.slotOf(`id-${i}`);
      expect(slot === NO_SLOT ? undefined : ring.times[slot]).toBe(i < 18_456 ? undefined : i);
    }
  });
});

describe('RowCounts', () => {
  test('counts missing cells as looking at every column of every row does', () => {
    const cell = fc.constantFrom('x', '', 'n/a', null, undefined, Number.NaN, 3, false);
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'other', 'more'), cell);
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const counts = new RowCounts(spec);
        for (const each of rows) counts.addRow(each);
        const isMissing = (value: unknown) =>
          value === undefined || value === null || value === '' || value === 'n/a' || Number.isNaN(value);
        const expected = ['a', 'b', 'c'].map((name) => rows.filter((each) => isMissing(each[name])).length);
        expect(counts.columns.map((_, i) => counts.missingOf(i))).toEqual(expected);
      }),
    );
  });

  test('puts every score into the first bucket whose bound it does not pass', () => {
    const score = fc.oneof(fc.constantFrom(...SCORE_BUCKETS, 0), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(score, (value) => {
        const counts = new RowCounts(spec);
        counts.addPrediction({ score: value, label: 'x', model: 'm', version: 1 });
        expect(counts.scores.indexOf(1)).toBe(SCORE_BUCKETS.findIndex((bound) => value <= bound));
      }),
    );
  });
});

describe('SegmentCodes', () => {
  test('has one code for a text, whatever it was before, and few of them', () => {
    const codes = new SegmentCodes('plan', 3);
    const names = ['a', 1, '1', true, 'b', 'other', null, undefined, 'missing'].map((cell) =>
      codes.nameOf(codes.codeOf(cell)),
    );
    expect(names).toEqual(['a', '1', '1', 'other', 'other', 'other', 'missing', 'missing', 'other']);
  });
});

describe('RowBudget', () => {
  test('takes rows at its rate, evenly, and a second of them at once after a pause', () => {
    const budget = new RowBudget(100);
    const taken = (fromMs: number, count: number, everyMs: number) =>
      Array.from({ length: count }, (_, i) => Number(budget.take(fromMs + i * everyMs, 1)));
    const sum = (flags: readonly number[]) => flags.reduce((total, flag) => total + flag, 0);
    expect(sum(taken(0, 500, 0))).toBe(100);
    const busy = taken(0, 2000, 1);
    expect(sum(busy)).toBeGreaterThanOrEqual(199);
    expect(sum(busy)).toBeLessThanOrEqual(200);
    expect(sum(busy.slice(500, 1000))).toBe(50);
    expect(sum(taken(60_000, 500, 0))).toBe(100);
  });

  test('takes a table whole, and pays for it afterwards', () => {
    const budget = new RowBudget(100);
    expect([budget.take(0, 350), budget.take(1000, 1), budget.take(2400, 1), budget.take(2600, 1)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
