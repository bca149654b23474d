import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { sortedNumbers } from '../../../src/drift/measures/sorted-numbers.js';

/** Zeros of both signs are equal, and may stand in any order. */
const plain = (values: Iterable<number>): number[] => Array.from(values, (value) => value + 0);

test('sortedNumbers sorts the finite numbers as comparisons do, few and many, near and far', () => {
  const number = fc.oneof(
    fc.double(),
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: 1_700_000_000_000, max: 1_700_000_009_999 }),
    fc.double({ min: 1, max: 1.0000001, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.integer(), (some, seed) => {
      const random = createRandom(seed);
      const many = Array.from({ length: 1500 }, () => some[Math.floor(some.length * random.next())] as number);
      for (const values of [some, many]) {
        const expected = values.filter(Number.isFinite).sort((a, b) => a - b);
        expect(plain(sortedNumbers(Float64Array.from(values)))).toEqual(plain(expected));
      }
    }),
  );
});

test('sortedNumbers leaves the given numbers as they are', () => {
  const values = Float64Array.from({ length: 2000 }, (_, i) => (i * 7919) % 2000);
  const before = values.slice();
  expect(sortedNumbers(values)).toEqual(before.slice().sort());
  expect(values).toEqual(before);
});
