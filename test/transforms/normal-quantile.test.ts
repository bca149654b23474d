import { expect, test } from 'vitest';
import { normalQuantile } from '../../src/transforms/normal-quantile.js';

test('is the published value in the centre and in both parts of the tail', () => {
  // The check values of the algorithm's paper: p = 0.25, 0.001 and 1e-20.
  expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 14);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.2623400897984, 13);
  expect(normalQuantile(0.5)).toBe(0);
});

test('is antisymmetric', () => {
  for (const p of [0.0625, 0.125, 0.25, 0.375]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
});
