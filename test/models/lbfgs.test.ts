import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lbfgs } from '../../src/models/lbfgs.js';
import { distance } from './training-data.js';

const SIZE = 4;
const MEMORY = 10;
const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: SIZE, maxLength: SIZE });
type Matrix = number[][];

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const times = (m: Matrix, v: readonly number[]) => m.map((row) => dot(row, v));
const product = (a: Matrix, b: Matrix) =>
  a.map((row) =>
    b.map((_, j) =>
      dot(
        row,
        b.map((line) => line[j] ?? 0),
      ),
    ),
  );
const build = (at: (i: number, j: number) => number): Matrix =>
  Array.from({ length: SIZE }, (_, i) => Array.from({ length: SIZE }, (__, j) => at(i, j)));

/** The BFGS update of an inverse Hessian as the textbook has it. */
function updated(inverse: Matrix, step: readonly number[], change: readonly number[]): Matrix {
  const rho = 1 / dot(step, change);
  const left = build((i, j) => (i === j ? 1 : 0) - rho * (step[i] ?? 0) * (change[j] ?? 0));
  const right = build((i, j) => left[j]?.[i] ?? 0);
  const middle = product(product(left, inverse), right);
  return build((i, j) => (middle[i]?.[j] ?? 0) + rho * (step[i] ?? 0) * (step[j] ?? 0));
}

test('directions are those of the BFGS matrix over the last ten steps', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(vector, vector), { maxLength: 14 }), vector, async (pairs, gradient) => {
      // Changes along a steep bowl with some noise: always of positive curvature.
      const steps = pairs
        .map(([step, noise]) => [step, step.map((value, i) => (i + 1) * value + 0.1 * (noise[i] ?? 0))] as const)
        .filter(([step, change]) => dot(step, change) > 0.1);
      const method = lbfgs(async () => (v) => v.map((value, i) => value / (i + 1)));
      await method.direction(Float64Array.from(gradient));
      for (const [step, change] of steps) method.learn(Float64Array.from(step), Float64Array.from(change));

      const precondition = build((i, j) => (i === j ? 1 / (i + 1) : 0));
      const newest = steps.at(-1);
      const scale = newest === undefined ? 1 : dot(...newest) / dot(newest[1], times(precondition, newest[1]));
      const start = build((i, j) => scale * (precondition[i]?.[j] ?? 0));
      const inverse = steps.slice(-MEMORY).reduce((matrix, [step, change]) => updated(matrix, step, change), start);
      const direction = await method.direction(Float64Array.from(gradient));
      expect(
        distance(
          direction,
          times(inverse, gradient).map((value) => -value),
        ),
      ).toBeLessThan(1e-6);
    }),
  ));

test('a step without positive curvature is left out', async () => {
  const method = lbfgs(async () => (v) => v.slice());
  method.learn(Float64Array.of(1, 0), Float64Array.of(-1, 0));
  expect(await method.direction(Float64Array.of(2, 3))).toEqual(Float64Array.of(-2, -3));
});
