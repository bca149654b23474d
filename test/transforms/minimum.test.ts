import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minimum } from '../../src/transforms/minimum.js';

const position = fc.double({ min: -90, max: 90, noNaN: true });

test.each<[string, (x: number) => number]>([
  ['a parabola', (x) => x * x],
  ['a kink', Math.abs],
  ['a steep wall on one side', (x) => Math.exp(-x) + x],
  ['a curve that has no value past a point', (x) => (x < -3 ? Number.POSITIVE_INFINITY : x * x)],
])('finds the lowest point of %s, wherever it is', (_, f) => {
  fc.assert(
    fc.property(position, (at) => {
      expect(Math.abs(minimum((x) => f(x - at), -100, 100, 1e-8) - at)).toBeLessThan(1e-5);
    }),
  );
});

test('ends at the bound where the function falls all the way', () => {
  expect(minimum((x) => x, -1, 3, 1e-8)).toBeCloseTo(-1, 6);
});
