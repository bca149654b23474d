import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DatePart } from '../../src/transforms/date-part.js';
import { DATE_PARTS, datePart } from '../../src/transforms/date-part.js';

const partOf = (part: DatePart, iso: string) => datePart(part).of(new Date(iso));

test.each<[string, number[]]>([
  // year quarter month week dayOfYear day weekday weekend hour minute second
  ['2026-01-01T00:00:00Z', [2026, 1, 1, 1, 1, 1, 3, 0, 0, 0, 0]],
  ['2024-12-31T23:59:58Z', [2024, 4, 12, 1, 366, 31, 1, 0, 23, 59, 58]],
  ['2027-01-03T12:30:00Z', [2027, 1, 1, 53, 3, 3, 6, 1, 12, 30, 0]],
  ['1969-07-20T20:17:40Z', [1969, 3, 7, 29, 201, 20, 6, 1, 20, 17, 40]],
])('takes %s apart', (iso, parts) => {
  expect(DATE_PARTS.map((part) => partOf(part, iso))).toEqual(parts);
});

test('every part that goes round stays within its cycle, and a week later has the same weekday', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date('0001-01-08'), max: new Date('9999-12-20') }), (date) => {
      for (const part of DATE_PARTS) {
        const { of, cycle } = datePart(part);
        if (cycle === undefined) continue;
        expect(of(date)).toBeGreaterThanOrEqual(cycle.first);
        expect(of(date)).toBeLessThan(cycle.first + cycle.length);
      }
      const later = new Date(date.getTime() + 7 * 86_400_000);
      expect(datePart('weekday').of(later)).toBe(datePart('weekday').of(date));
    }),
  );
});

test('has no value for no date', () => {
  for (const part of DATE_PARTS) expect(datePart(part).of(new Date(Number.NaN)), part).toBeNaN();
});
