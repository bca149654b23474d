import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import type { RecencyOptions } from '../../src/transforms/recency.js';
import { recency } from '../../src/transforms/recency.js';
import { cellsOf, dates, numbers } from './mixed-rows.js';

const table = makeTable([
  ['joined', dates(['2026-01-01T00:00:00Z', null, '2026-01-31T12:00:00Z'])],
  ['seen', dates(['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-30T00:00:00Z'])],
  ['amount', numbers([1, 2, 3])],
]);

describe('recency', () => {
  test.each<RecencyOptions>([
    { until: 'seen' },
    { at: '1970-01-01', unit: 'hours', keep: true },
    { at: '2026-01-31T12:00:00.5+02:00', columns: ['joined'] },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => recency(options), { table, read: readTransformer });
  });

  test('counts from a date to another of the same row', () => {
    const encoded = recency({ until: 'seen' }).fit(table).transform(table);
    expect(encoded.columnNames()).toEqual(['amount', 'days since joined']);
    expect(cellsOf(encoded, 'days since joined')).toEqual([1, null, -1.5]);
  });

  test('counts from dates to an instant, in the unit asked for', () => {
    const encoded = recency({ at: '2026-01-02T01:00:00+01:00', unit: 'hours', keep: true }).fit(table).transform(table);
    expect(encoded.columnNames()).toEqual(['joined', 'seen', 'amount', 'hours since joined', 'hours since seen']);
    expect(cellsOf(encoded, 'hours since joined')).toEqual([24, null, -24 * 29.5]);
    for (const [unit, size] of [
      ['minutes', 1440],
      ['seconds', 86_400],
    ] as const) {
      const found = recency({ at: '2026-01-02', unit }).fit(table).transform(table);
      expect(cellsOf(found, `${unit} since joined`)[0]).toBe(size);
    }
  });

  test('refuses no end, two ends, an end that is no instant, and columns that hold no dates', () => {
    for (const options of [{}, { until: 'seen', at: '2026-01-01' }]) {
      expect(() => recency(options)).toThrow('recency: give until or at');
    }
    for (const at of ['yesterday', '2026-13-01', '2026-01-01T10:00']) {
      expect(() => recency({ at })).toThrow(/at must be an ISO 8601 date or instant/);
    }
    expect(() => recency({ until: 'amount' }).fit(table)).toThrow(/column amount must hold dates, got numbers/);
    expect(() => recency({ until: 'gone' }).fit(table)).toThrow(expect.objectContaining({ code: 'COLUMN_MISSING' }));
  });
});
