import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nullForNaN } from '../../src/serving/null-for-nan.js';

/** One token after another, each a whole string of JSON or no string at all. */
function naive(text: string): string {
  return (text.match(/"(?:[^"\\]|\\[\s\S])*"?|NaN|[\s\S]/g) ?? [])
    .map((token) => (token === 'NaN' ? 'null' : token))
    .join('');
}

test.each([
  ['[NaN]', '[null]'],
  ['{"NaN":NaN,"b":["NaN",NaN]}', '{"NaN":null,"b":["NaN",null]}'],
  ['{"a\\"NaN":NaN}', '{"a\\"NaN":null}'],
  ['{"a\\\\":NaN}', '{"a\\\\":null}'],
  ['[1]', '[1]'],
])('%s becomes %s', (text, wanted) => {
  expect(nullForNaN(text)).toBe(wanted);
});

test('agrees with reading token by token, for any text', () => {
  const piece = fc.constantFrom('NaN', '"', '\\', 'a', '{', ' ', 'Na', '\\"', '""');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      expect(nullForNaN(pieces.join(''))).toBe(naive(pieces.join('')));
    }),
  );
});
