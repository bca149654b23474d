import { describe, expect, test } from 'vitest';
import { DateColumn } from '../../src/table/date-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { DATE_PARTS } from '../../src/transforms/date-part.js';
import type { DatePartsOptions } from '../../src/transforms/date-parts.js';
import { dateParts } from '../../src/transforms/date-parts.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { cellsOf, dates, numbers } from './mixed-rows.js';

const table = makeTable([
  ['day', dates(['2026-01-31T23:30:00Z', null, '2024-02-29T00:00:00Z'])],
  ['amount', numbers([1, 2, 3])],
  ['empty', new DateColumn(Float64Array.of(Number.NaN, Number.NaN, Number.NaN))],
]);

describe('dateParts', () => {
  test.each<DatePartsOptions>([
    {},
    { parts: DATE_PARTS, cyclical: true, keep: true },
    { parts: DATE_PARTS, utcOffsetMinutes: -0, columns: ['day'] },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => dateParts(options), { table, read: readTransformer });
  });

  test('makes a column a part, and leaves the date out unless it is to stay', () => {
    const encoded = dateParts({ columns: ['day'] })
      .fit(table)
      .transform(table);
    expect(encoded.columnNames()).toEqual(['amount', 'empty', 'day year', 'day month', 'day day', 'day weekday']);
    expect(cellsOf(encoded, 'day year')).toEqual([2026, null, 2024]);
    expect(cellsOf(encoded, 'day weekday')).toEqual([5, null, 3]);
    const kept = dateParts({ columns: ['day'], parts: ['weekend'], keep: true })
      .fit(table)
      .transform(table);
    expect(kept.columnNames()).toEqual(['day', 'amount', 'empty', 'day weekend']);
    expect(cellsOf(kept, 'day weekend')).toEqual([1, null, 0]);
  });

  test('reads the clock of another offset', () => {
    const encoded = dateParts({ columns: ['day'], parts: ['month', 'hour'], utcOffsetMinutes: 60 }).fit(table);
    expect(cellsOf(encoded.transform(table), 'day month')).toEqual([2, null, 2]);
    expect(cellsOf(encoded.transform(table), 'day hour')).toEqual([0, null, 1]);
  });

  test('puts parts that go round on a circle, and leaves the others numbers', () => {
    const encoded = dateParts({ columns: ['day'], parts: ['year', 'month'], cyclical: true })
      .fit(table)
      .transform(table);
    expect(encoded.columnNames().slice(2)).toEqual(['day year', 'day month sin', 'day month cos']);
    expect(cellsOf(encoded, 'day month sin')).toEqual([0, null, Math.sin(Math.PI / 6)]);
    expect(cellsOf(encoded, 'day month cos')).toEqual([1, null, Math.cos(Math.PI / 6)]);
  });

  test('refuses other parts and columns that hold no dates', () => {
    expect(() => dateParts({ parts: ['decade'] })).toThrow(/parts must be different names among year, quarter/);
    expect(() => dateParts({ parts: ['year'], cyclical: true })).toThrow(/cyclical means nothing for year/);
    expect(() => dateParts({ columns: ['amount'] }).fit(table)).toThrow(
      'dateParts: column amount must hold dates, got numbers',
    );
    const step = dateParts({ columns: ['day'] })
      .fit(table)
      .rowStep({ read: () => 0, write: () => 1 });
    expect(() => step(['2026-01-31'])).toThrow('dateParts: column day must be a date, got string');
  });
});
