import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expFloat32 } from '../../src/formats/exp-float32.js';
import { doubleThreshold, floorFloat32, nextFloat32, previousFloat32 } from '../../src/formats/float32-neighbours.js';

const single = fc.float({ noNaN: true, noDefaultInfinity: true });

test('neighbours of a float32 number have no other between them', () => {
  fc.assert(
    fc.property(single, (value) => {
      const next = nextFloat32(value);
      expect(next).toBeGreaterThan(value);
      expect([value, next]).toContain(Math.fround(value / 2 + next / 2));
      if (Number.isFinite(next)) expect(previousFloat32(next) === value).toBe(true);
    }),
  );
});

test('a threshold of doubles decides as one of float32 numbers does', () => {
  fc.assert(
    fc.property(single, fc.integer({ min: -3, max: 3 }), (threshold, steps) => {
      const double = doubleThreshold(threshold);
      const near = double * (1 + steps * Number.EPSILON);
      for (const value of [near, double, threshold]) {
        expect(value <= double).toBe(Math.fround(value) <= threshold);
      }
    }),
  );
});

test('the floor is the largest float32 number that is not above', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e30, max: 1e30 }), (value) => {
      const floor = floorFloat32(value);
      expect(floor).toBeLessThanOrEqual(value);
      expect(nextFloat32(floor)).toBeGreaterThan(value);
    }),
  );
});

test('the exponential is within a step of the nearest float32 number', () => {
  fc.assert(
    fc.property(fc.float({ min: -80, max: 80, noNaN: true }), (x) => {
      const nearest = Math.fround(Math.exp(x));
      expect([previousFloat32(nearest), nearest, nextFloat32(nearest)]).toContain(expFloat32(x));
    }),
  );
});
