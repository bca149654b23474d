import fc from 'fast-check';
import { expect, test } from 'vitest';
import { symmetricSolver } from '../../src/models/symmetric-solver.js';
import { distance } from './training-data.js';

/** A matrix times its transpose, row-major: symmetric and positive definite or singular. */
const products = fc
  .record({ size: fc.integer({ min: 1, max: 8 }), rank: fc.integer({ min: 1, max: 12 }) })
  .chain(({ size, rank }) => {
    const cell = fc.integer({ min: -9, max: 9 });
    const vector = fc.array(cell, { minLength: size, maxLength: size });
    return fc.tuple(fc.array(vector, { minLength: rank, maxLength: rank }), vector).map(([vectors, x]) => {
      const entry = (i: number, j: number) => vectors.reduce((sum, v) => sum + (v[i] as number) * (v[j] as number), 0);
      const matrix = Float64Array.from({ length: size * size }, (_, at) => entry(Math.floor(at / size), at % size));
      return { matrix, size, x };
    });
  });

function multiply(matrix: Float64Array, size: number, x: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (matrix[i * size + j] as number) * (x[j] as number);
    return sum;
  });
}

test('solves a system, repeated on what is left also a singular one', () =>
  fc.assert(
    fc.asyncProperty(products, async ({ matrix, size, x }) => {
      const right = multiply(matrix, size, x);
      const solver = await symmetricSolver(matrix, size);
      let solution = solver.solve(right);
      for (let pass = 0; pass < 3; pass++) {
        const left = multiply(matrix, size, solution).map((value, i) => (right[i] as number) - value);
        const step = solver.solve(left);
        solution = solution.map((value, i) => value + (step[i] as number));
      }
      expect(distance(multiply(matrix, size, solution), right)).toBeLessThan(1e-6);
    }),
  ));

test('reads the lower triangle alone', async () => {
  const solver = await symmetricSolver(Float64Array.of(4, Number.NaN, 1, 3), 2);
  const solution = solver.solve(Float64Array.of(1, 2));
  expect(solution[0]).toBeCloseTo(1 / 11, 12);
  expect(solution[1]).toBeCloseTo(7 / 11, 12);
});

test.each([0, 1e-320, 1e-300])('a diagonal of %d does no harm to the rest', async (tiny) => {
  const solver = await symmetricSolver(Float64Array.of(tiny, 0, 0, 2), 2);
  expect(solver.solve(Float64Array.of(0, 4))[1]).toBeCloseTo(2, 12);
});
