// Products over blocks and sparse lists against the plainest loops over rows.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addGradient, addScores } from '../../src/models/block-products.js';
import { BLOCK_ROWS, designMatrix } from '../../src/models/design-matrix.js';
import { weightedGram } from '../../src/models/weighted-gram.js';
import { distance, endlessSlice, matrixOf } from './training-data.js';

const number = fc.double({ min: -5, max: 5, noNaN: true });
const mostlyZero = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: number });
// Around the ends of a block, with few rows repeated to make many.
const matrices = fc
  .record({ nRows: fc.constantFrom(1, 7, BLOCK_ROWS, BLOCK_ROWS + 3), dense: fc.nat(6), sparse: fc.nat(4) })
  .chain(({ nRows, dense, sparse }) => {
    const column = (cell: fc.Arbitrary<number>) =>
      fc
        .array(cell, { minLength: 40, maxLength: 40 })
        .map((cells) => Float64Array.from({ length: nRows }, (_, row) => cells[(row * 7) % 40] as number));
    const columns = fc.shuffledSubarray([...'d'.repeat(dense), ...'s'.repeat(sparse)], { minLength: dense + sparse });
    return columns
      .chain((kinds) => fc.tuple(...kinds.map((kind) => column(kind === 'd' ? number : mostlyZero))))
      .map((arrays) => ({ nRows, columns: arrays }));
  })
  .filter(({ columns }) => columns.length > 0);

async function design(columns: readonly Float64Array[]) {
  return designMatrix(matrixOf(...columns), { intercept: false, owner: 'test', slice: endlessSlice });
}

test('the Gram matrix is the sum over rows of h x x, with or without a column of ones', () =>
  fc.assert(
    fc.asyncProperty(matrices, fc.boolean(), async ({ nRows, columns }, ones) => {
      const h = Float64Array.from({ length: nRows }, (_, row) => 0.5 + (row % 3));
      const x = ones ? [...columns, new Float64Array(nRows).fill(1)] : columns;
      const laidOut = await design(columns);
      const blocks = Array.from({ length: laidOut.nBlocks }, (_, block) => block);
      const gram = await weightedGram(laidOut, h, x.length, { blocks, slice: endlessSlice });
      for (const [i, a] of x.entries()) {
        for (const [j, b] of x.slice(0, i + 1).entries()) {
          const sum = h.reduce((total, weight, row) => total + weight * (a[row] as number) * (b[row] as number), 0);
          expect(gram[i * x.length + j]).toBeCloseTo(sum, 7);
        }
      }
    }),
    { numRuns: 60 },
  ));

test('scores and gradients are the sums over columns and rows', () =>
  fc.assert(
    fc.asyncProperty(matrices, async ({ nRows, columns }) => {
      const laidOut = await design(columns);
      const coefficients = Float64Array.from(columns, (_, j) => j - 1.5);
      const gradient = new Float64Array(columns.length);
      const scores = new Float64Array(nRows);
      for (let block = 0; block < laidOut.nBlocks; block++) {
        const part = new Float64Array(BLOCK_ROWS);
        addScores(laidOut, block, coefficients, part);
        addGradient(laidOut, block, part, gradient);
        scores.set(part.subarray(0, nRows - block * BLOCK_ROWS), block * BLOCK_ROWS);
      }
      const naive = scores.map((_, row) =>
        columns.reduce((sum, column, j) => sum + (coefficients[j] as number) * (column[row] as number), 0),
      );
      expect(distance(scores, naive)).toBeLessThan(1e-10);
      const slopes = columns.map((column) => column.reduce((sum, x, row) => sum + x * (naive[row] as number), 0));
      expect(distance(gradient, slopes)).toBeLessThan(1e-6);
    }),
    { numRuns: 60 },
  ));
