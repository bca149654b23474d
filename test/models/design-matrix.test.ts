import { describe, expect, test } from 'vitest';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import { BLOCK_ROWS, designMatrix } from '../../src/models/design-matrix.js';
import { endlessSlice, matrixOf } from './training-data.js';

const lay = (matrix: FeatureMatrix, intercept = true) =>
  designMatrix(matrix, { intercept, owner: 'logistic', slice: endlessSlice });

test('a full column of doubles is referred to, not copied', async () => {
  const column = Float64Array.of(-1, 1, -2, 2);
  expect((await lay(matrixOf(column))).dense[0]?.values).toBe(column);
});

test('a column of single floats is copied to doubles', async () => {
  const { dense } = await lay(matrixOf(Float32Array.of(-1, 0.1, 1)));
  expect(dense[0]?.values).toEqual(Float64Array.of(-1, Math.fround(0.1), 1));
});

test('a column far from zero is centred where an intercept makes up for it', async () => {
  const year = [2001, 2002, 2003];
  const centred = await lay(matrixOf(year));
  expect(centred.shifts).toEqual(Float64Array.of(2002));
  expect(centred.dense[0]?.values).toEqual(Float64Array.of(-1, 0, 1));
  expect((await lay(matrixOf(year), false)).shifts).toEqual(Float64Array.of(0));
});

test('a column of which few values are not zero becomes a list, block by block', async () => {
  const column = new Float64Array(BLOCK_ROWS + 10);
  column[3] = 5;
  column[BLOCK_ROWS + 2] = 7;
  const { dense, sparse, nBlocks } = await lay(matrixOf(column));
  expect(dense).toEqual([]);
  expect(nBlocks).toBe(2);
  expect(sparse).toEqual({
    positions: Int32Array.of(0),
    starts: Int32Array.of(0, 1, 2),
    rows: Uint16Array.of(3, 2),
    values: Float64Array.of(5, 7),
  });
});

test('deviations are those of the rows', async () => {
  const { deviations } = await lay(matrixOf([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4], [0, 0, 0, 4]));
  expect(deviations[0]).toBeCloseTo(Math.sqrt(1.25), 10);
  expect(deviations[1]).toBeCloseTo(Math.sqrt(3), 10);
});

describe('a value that is not finite is refused, with its kind and row,', () => {
  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.NEGATIVE_INFINITY],
  ])('%s', async (kind, value) => {
    const column = new Float64Array(3000).fill(1);
    column[2500] = value;
    await expect(lay(matrixOf([...column.keys()], column))).rejects.toMatchObject({
      code: 'VALUE_INVALID',
      message: expect.stringContaining(`logistic: x1 must be finite, got ${kind} in row 2500`),
    });
  });

  test('also in a column that is mostly zero', async () => {
    const column = new Float64Array(3000);
    column[7] = Number.NaN;
    await expect(lay(matrixOf(column))).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });
});

test('values too large to be squared are refused', async () => {
  await expect(lay(matrixOf([1e200, -1e200, 3]))).rejects.toMatchObject({
    code: 'VALUE_INVALID',
    message: 'logistic: x0 must be scaled first: its squares overflow',
  });
});
