// Numbers are sorted as the engine sorts them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { sortNumbers } from '../../../src/eda/statistics/sort-numbers.js';

function sorted(values: Float64Array): Float64Array {
  const copy = Float64Array.from(values);
  sortNumbers(copy, copy.length);
  return copy.map((value) => value + 0);
}

test('any numbers come in order', () => {
  const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 200, maxLength: 600 });
  fc.assert(
    fc.property(numbers, (list) => {
      const values = Float64Array.from(list, (value) => value + 0);
      expect(sorted(values)).toEqual(values.slice().sort());
    }),
  );
});

test.each([
  ['close to one another', (x: number) => 1e9 + x],
  ['of few distinct ones', (x: number) => Math.floor(8 * x)],
  ['of both signs and all sizes', (x: number) => Math.tan(3.14 * (x - 0.5)) * 2 ** Math.floor(2000 * (x - 0.5))],
])('numbers %s come in order', (_, of) => {
  const random = createRandom(3);
  const values = Float64Array.from({ length: 20_000 }, () => of(random.next()) + 0);
  expect(sorted(values)).toEqual(values.slice().sort());
});

test('only so many of the first are sorted', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => 1000 - i);
  sortNumbers(values, 500);
  expect(values[0]).toBe(501);
  expect(values[999]).toBe(1);
});
