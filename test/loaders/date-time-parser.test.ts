import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDateTime } from '../../src/loaders/date-time-parser.js';
import { parseInstant } from '../../src/schema/parse-instant.js';

const parse = (text: string) => {
  // Digits of other cells stand around the cell: none of them may be read.
  const bytes = Buffer.from(`0${text}000000`);
  return parseDateTime(bytes, 1, 1 + Buffer.byteLength(text));
};
const instant = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const two = (value: number) => String(value).padStart(2, '0');

describe('parseDateTime', () => {
  it('reads what toISOString writes, whole or cut to the day, minute or second', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(10, 16, 19, 24), (date, length) => {
        const text = date.toISOString().slice(0, length);
        const expected = Date.parse(length === 10 || length === 24 ? text : `${text}Z`);
        expect(parse(text)).toBe(expected);
        expect(parse(text.replace('T', ' '))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes offsets from UTC off', () => {
    const offset = fc.record({
      sign: fc.constantFrom('+', '-'),
      hours: fc.nat({ max: 23 }),
      minutes: fc.nat({ max: 59 }),
    });
    fc.assert(
      fc.property(instant, offset, fc.boolean(), (date, { sign, hours, minutes }, colon) => {
        const local = date.toISOString().slice(0, 23);
        const text = `${local}${sign}${two(hours)}${colon ? ':' : ''}${two(minutes)}`;
        expect(parse(text)).toBe(Date.parse(`${local}${sign}${two(hours)}:${two(minutes)}`));
        expect(parse(`${local}${sign}${two(hours)}`)).toBe(Date.parse(`${local}${sign}${two(hours)}:00`));
      }),
    );
  });

  it('cuts a fraction of a second to milliseconds', () => {
    const fraction = fc
      .array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 9 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(fraction, (digits) => {
        const expected = Date.parse(`2024-02-03T04:05:06.${digits.padEnd(3, '0').slice(0, 3)}Z`);
        expect(parse(`2024-02-03 04:05:06.${digits}`)).toBe(expected);
      }),
    );
  });

  it('agrees with the reader of single rows on texts that look like date-times', () => {
    const part = (...texts: string[]) => fc.constantFrom(...texts);
    const text = fc.tuple(
      part('2024', '1900', '0001', '20x4'),
      part('-01-01', '-02-29', '-02-30', '-12-31', '-13-01', '-00-10', '-1-1'),
      part('', 'T', ' ', 't'),
      part('', '00:00', '23:59', '24:00', '12:60', '1:2'),
      part('', ':00', ':59', ':60', ':5'),
      part('', '.', '.5', '.123456789'),
      part('', 'Z', 'z', '+01:30', '-0130', '+25:00'),
    );
    fc.assert(
      fc.property(text, (parts) => {
        expect(parse(parts.join(''))).toBe(parseInstant(parts.join('')));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '',
    '2024',
    '2024-01',
    '20240101',
    '2024/01/01',
    '2024-01-01x',
    '2024-01-01 1',
    '2024-01-01T00:00:00.',
    '2024-01-01T00:00+',
    '2024-01-01T00:00+1',
  ])('refuses %j', (text) => {
    expect(parse(text)).toBeNaN();
  });
});
