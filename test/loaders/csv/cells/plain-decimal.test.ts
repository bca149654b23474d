import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalParser } from '../../../../src/loaders/csv/cells/decimal-parser.js';
import { plainDecimal } from '../../../../src/loaders/csv/cells/plain-decimal.js';

const read = plainDecimal(0x2e);
const parse = decimalParser({ decimal: 0x2e, declared: false });

/** What the quick reader writes; undefined where it leaves the text to the parser. */
function quickly(text: string): number | undefined {
  const into = Float64Array.of(0, Number.POSITIVE_INFINITY);
  return read(Buffer.from(`9${text}9`), 1, 1 + text.length, into, 1) ? into[1] : undefined;
}

it('reads a plain decimal to the bits that the parser gives, and leaves everything else to it', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 12 });
  const texts = fc.oneof(
    fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.', ','), digits)
      .map((parts) => parts.join('')),
    fc.string({ unit: fc.constantFrom(...'0019.-e+ ,'), maxLength: 20 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const value = quickly(text);
      const bytes = Buffer.from(text);
      if (value !== undefined) expect(value).toBe(parse(bytes, 0, bytes.length));
    }),
    { numRuns: 5000 },
  );
});

it.each(['0', '-0', '7', '-12.5', '3.', '1234567.25', '0.481919', '-167.97920', '9007199254740991'])(
  'takes %s',
  (text) => {
    expect(quickly(text)).toBe(Number(text));
  },
);

it.each(['', '-', '.5', '+1', '007', '1e5', '1.2.3', '1,5', '9007199254740993', 'inf', '1 '])('leaves "%s"', (text) => {
  expect(quickly(text)).toBeUndefined();
});
