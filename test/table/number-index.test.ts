import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberIndex } from '../../src/table/number-index.js';

/** Codes in order of first appearance, by a Map. */
function naiveCodes(values: readonly number[]): { codes: number[]; places: Map<number, number> } {
  const places = new Map<number, number>();
  const codes = values.map((value) => {
    if (Number.isNaN(value)) return -1;
    if (!places.has(value)) places.set(value, places.size);
    return places.get(value) as number;
  });
  return { codes, places };
}

const ids = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -5, max: 30 }) }, fc.constant(Number.NaN));
const anything = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0, 0, 2 ** 53, Number.NaN));

test.each([
  ['integers close together', ids],
  ['any numbers', anything],
])('%s get the codes a Map gives, and others are looked up', (_, number) => {
  fc.assert(
    fc.property(fc.array(number), fc.array(anything), (values, others) => {
      const { codes, places } = naiveCodes(values);
      const index = numberIndex(Float64Array.from(values));
      expect([...index.codes]).toEqual(codes);
      expect(index.size).toBe(places.size);
      const asked = [...others, ...values, 0.5, 1e300, -6, 31];
      expect([...index.lookup(Float64Array.from(asked))]).toEqual(asked.map((value) => places.get(value) ?? -1));
    }),
  );
});

test('numbers that differ in few bits stay apart', () => {
  const values = Float64Array.from({ length: 50_000 }, (_, i) => 1 + i * Number.EPSILON);
  expect(numberIndex(values).size).toBe(50_000);
});
