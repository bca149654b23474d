import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalParser } from '../../../../src/loaders/csv/cells/decimal-parser.js';

const parse = (text: string, { decimal = '.', declared = false } = {}) => {
  // Bytes of other cells stand around the cell, as they do in a file.
  const bytes = Buffer.from(`9${text}9`);
  return decimalParser({ decimal: decimal.charCodeAt(0), declared })(bytes, 1, bytes.length - 1);
};

/** Texts of the decimal grammar: sign, digits, fraction, exponent. */
const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength, maxLength }).map((list) => list.join(''));
const decimalText = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(1, 25), digits(0, 30), fc.option(fc.integer({ min: -330, max: 310 })))
  .map(([sign, whole, fraction, exponent]) => `${sign}${whole}.${fraction}${exponent === null ? '' : `e${exponent}`}`);

describe('decimalParser', () => {
  it('reads what JavaScript writes to the same bits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const text = Object.is(value, -0) ? '-0' : String(value);
        expect(parse(text)).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  it('rounds any decimal as Number() does', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const expected = Number(text);
        expect(parse(text, { declared: true })).toBe(Number.isFinite(expected) ? expected : Number.NaN);
      }),
      { numRuns: 20_000 },
    );
  });

  it('rounds fractions near the limits of exact arithmetic as Number() does', () => {
    const near = fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n });
    fc.assert(
      fc.property(near, fc.integer({ min: 0, max: 24 }), (mantissa, nFraction) => {
        const text = `${mantissa}`.padStart(nFraction + 1, '0');
        const decimal = `${text.slice(0, text.length - nFraction)}.${text.slice(text.length - nFraction)}`;
        expect(parse(decimal, { declared: true })).toBe(Number(decimal));
      }),
    );
  });

  it('reads a decimal comma where it is the mark, and only there', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const withComma = text.replace('.', ',');
        expect(parse(withComma, { decimal: ',', declared: true })).toBe(parse(text, { declared: true }));
        expect(parse(withComma, { declared: true })).toBeNaN();
        expect(parse(text, { decimal: ',', declared: true })).toBeNaN();
      }),
    );
  });

  it('refuses every other text that Number() or parseFloat would take', () => {
    const text = fc
      .array(fc.constantFrom(...'01.-+eExbnNaIif_, '), { minLength: 1, maxLength: 8 })
      .map((l) => l.join(''));
    const grammar = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
    fc.assert(
      fc.property(text, (candidate) => {
        const isNumber = grammar.test(candidate) || /^[+-]?inf$/i.test(candidate);
        const fits = Number.isFinite(Number(candidate)) || /inf/i.test(candidate);
        expect(Number.isNaN(parse(candidate, { declared: true }))).toBe(!(isNumber && fits));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['00123', Number.NaN, 123],
    ['-007', Number.NaN, -7],
    ['00.5', Number.NaN, 0.5],
    ['00', Number.NaN, 0],
    ['0', 0, 0],
    ['0.5', 0.5, 0.5],
    ['9007199254740993', Number.NaN, 9007199254740992],
    ['9007199254740992', 9007199254740992, 9007199254740992],
    ['-123456789012345678', Number.NaN, -123456789012345680],
    ['+100000000000000000000', 1e20, 1e20],
    ['123456789012345680000', 123456789012345680000, 123456789012345680000],
    ['9007199254740993.0', 9007199254740992, 9007199254740992],
  ])('takes %s for a code or a number: undeclared %d, declared %d', (text, undeclared, declared) => {
    expect([parse(text), parse(text, { declared: true })]).toEqual([undeclared, declared]);
  });

  it.each([
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['+INF', Number.POSITIVE_INFINITY],
    ['1e999', Number.NaN],
    ['infinite', Number.NaN],
    ['-', Number.NaN],
    ['.', Number.NaN],
    ['e5', Number.NaN],
  ])('reads %s as %d', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it('takes no more than linear time over a long cell of digits', () => {
    expect(parse(`${'1'.repeat(1_000_000)}x`)).toBeNaN();
  });
});
