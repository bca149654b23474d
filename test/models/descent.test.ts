import { describe, expect, test } from 'vitest';
import type { DescentMethod } from '../../src/models/descent.js';
import { minimise, placeAt } from '../../src/models/descent.js';
import { lbfgs } from '../../src/models/lbfgs.js';
import type { Objective } from '../../src/models/linear-objective.js';
import { distance } from './training-data.js';

const OPTIONS = { tolerance: 1e-18, maxIterations: 500 };
const plainLbfgs = () => lbfgs(async () => (vector) => vector.slice());

/** A sum over coordinates of a function given as [value, derivative]. */
function separable(size: number, at: (x: number, i: number) => readonly [number, number]): Objective {
  return {
    size,
    async evaluate(point, gradient) {
      let sum = 0;
      for (const [i, x] of point.entries()) {
        const [value, slope] = at(x, i);
        sum += value;
        gradient[i] = slope;
      }
      return sum;
    },
  };
}

const bowl = separable(30, (x, i) => [(10 ** (i / 10) * (x - i) ** 2) / 2, 10 ** (i / 10) * (x - i)]);
const bottom = Float64Array.from({ length: 30 }, (_, i) => i);

describe('L-BFGS', () => {
  test('finds the bottom of a long bowl', async () => {
    const start = await placeAt(bowl, new Float64Array(30));
    const { point, converged } = await minimise(bowl, start, plainLbfgs(), OPTIONS);
    expect(converged).toBe(true);
    expect(distance(point, bottom)).toBeLessThan(1e-4);
  });

  test('takes one step with the inverse Hessian as preconditioner', async () => {
    const method = lbfgs(async () => (vector) => vector.map((value, i) => value / 10 ** (i / 10)));
    const { point, iterations } = await minimise(bowl, await placeAt(bowl, new Float64Array(30)), method, OPTIONS);
    expect(iterations).toBe(1);
    expect(distance(point, bottom)).toBeLessThan(1e-9);
  });

  test('finds a minimum where the curvature goes from steep to flat', async () => {
    const steep = separable(3, (x, i) => [Math.log(Math.cosh(8 * (x - i))), 8 * Math.tanh(8 * (x - i))]);
    const start = await placeAt(steep, Float64Array.of(5, -5, 9));
    const { point } = await minimise(steep, start, plainLbfgs(), OPTIONS);
    expect(distance(point, [0, 1, 2])).toBeLessThan(1e-5);
  });
});

test('shortens a step that overshoots', async () => {
  const far: DescentMethod = { direction: async (gradient) => gradient.map((value) => -100 * value), learn() {} };
  const round = separable(2, (x) => [x * x, 2 * x]);
  const { point, converged } = await minimise(round, await placeAt(round, Float64Array.of(3, -4)), far, OPTIONS);
  expect(converged).toBe(true);
  expect(distance(point, [0, 0])).toBeLessThan(1e-6);
});

test('leaves the starting point alone and stays there where it is the minimum', async () => {
  const start = await placeAt(bowl, bottom.slice());
  const { point, iterations, converged } = await minimise(bowl, start, plainLbfgs(), OPTIONS);
  expect({ iterations, converged }).toEqual({ iterations: 0, converged: true });
  expect(point).toEqual(bottom);
});

test('ends where no step is lower, and says that it did not converge', async () => {
  const wrong = separable(1, (x) => [x * x, -1]);
  const { converged } = await minimise(wrong, await placeAt(wrong, Float64Array.of(0)), plainLbfgs(), OPTIONS);
  expect(converged).toBe(false);
});

test('never goes where the value is not finite', async () => {
  const edge = separable(1, (x) => (x < 5 ? [x * x, 2 * x] : [Number.NaN, Number.NaN]));
  const leap: DescentMethod = { direction: async (gradient) => gradient.map((value) => -3.6 * value), learn() {} };
  const { point } = await minimise(edge, await placeAt(edge, Float64Array.of(-1)), leap, OPTIONS);
  expect(point[0]).toBeCloseTo(0, 4);
});
