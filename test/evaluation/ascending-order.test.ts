import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { ascendingOrder } from '../../src/evaluation/ascending-order.js';

/** The order by comparisons; JavaScript's sort is stable. */
function naiveOrder(values: Float64Array): number[] {
  return [...values.keys()].sort((a, b) => {
    const [x, y] = [values[a] as number, values[b] as number];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}

describe('ascendingOrder', () => {
  test('agrees with a stable sort by comparison on few values', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, maxLength: 50 }), (values) => {
        expect([...ascendingOrder(values)]).toEqual(naiveOrder(values));
      }),
    );
  });

  test('agrees with a stable sort by comparison on many values of every size and sign', () => {
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, minLength: 1, maxLength: 40 }), fc.integer(), (pool, seed) => {
        const random = createRandom(seed);
        const values = Float64Array.from({ length: 3000 }, () => pool[random.integer(pool.length)] as number);
        expect([...ascendingOrder(values)]).toEqual(naiveOrder(values));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['a few', 4],
    ['many', 400],
  ])('agrees where %s values differ in their last bits only', (_, perGroup) => {
    const values = Float64Array.from(
      { length: 2000 },
      (_, i) => Math.floor(i / perGroup) + 1 + (((i * 37) % perGroup) + 1) * Number.EPSILON,
    );
    for (const either of [values, values.map((value) => -value)])
      expect([...ascendingOrder(either)]).toEqual(naiveOrder(either));
  });

  test('keeps the order of 0 and -0, which are equal', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0 : -0));
    expect([...ascendingOrder(values)]).toEqual([...values.keys()]);
  });

  test('puts infinities at the ends of many values', () => {
    const values = Float64Array.from({ length: 1500 }, (_, i) => Math.sin(i));
    values[7] = Number.POSITIVE_INFINITY;
    values[1400] = Number.NEGATIVE_INFINITY;
    const order = ascendingOrder(values);
    expect([order[0], order[1499]]).toEqual([1400, 7]);
  });
});
