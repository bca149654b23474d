import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { boxCox, yeoJohnson } from '../../src/transforms/fitted-power-transform.js';
import type { PowerTransformOptions } from '../../src/transforms/power-transform.js';
import { powerTransform } from '../../src/transforms/power-transform.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { cellsOf, numbers } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 2, 3, 600])],
  ['same', numbers([4, 4, 4, null, 4])],
  ['empty', numbers([null, null, null, null, null])],
]);

const one = (cells: readonly (number | null)[]) => makeTable([['x', numbers(cells)]]);
const lambdaOf = (cells: readonly number[], options?: PowerTransformOptions) =>
  (powerTransform(options).fit(one(cells)).toJSON().columns as unknown as { lambda: number }[])[0]?.lambda;

describe('powerTransform', () => {
  test.each<PowerTransformOptions>([{}, { standardize: false }, { method: 'boxCox' }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => powerTransform(options), { table, read: readTransformer });
    },
  );

  test('the powers are those of the papers', () => {
    expect([boxCox(4, 0.5), boxCox(Math.E, 0), boxCox(2, -1)]).toEqual([2, 1, 0.5]);
    expect(boxCox(3, 1)).toBeCloseTo(2, 14);
    expect([yeoJohnson(3, 0.5), yeoJohnson(Math.E - 1, 0), yeoJohnson(-3, 1.5), yeoJohnson(1 - Math.E, 2)]).toEqual([
      ...[2, 1, -2, -1],
    ]);
    for (const value of [-3, -1, 0, 2]) expect(yeoJohnson(value, 1)).toBeCloseTo(value, 14);
  });

  test('finds the power that a normal sample was bent by', () => {
    const random = createRandom(1);
    const sample = Array.from({ length: 20_000 }, () => random.normal());
    // The standard error of lambda is below 0.01 at this size.
    expect(lambdaOf(sample.map(Math.exp), { method: 'boxCox' })).toBeCloseTo(0, 1);
    expect(
      lambdaOf(
        sample.map((z) => (z + 9) ** 2),
        { method: 'boxCox' },
      ),
    ).toBeCloseTo(0.5, 0);
    expect(lambdaOf(sample)).toBeCloseTo(1, 1);
  });

  test('gives the training rows mean 0 and standard deviation 1, or leaves them on request', () => {
    const found = cellsOf(
      powerTransform()
        .fit(one([1, 2, null, 50]))
        .transform(one([1, 2, null, 50])),
      'x',
    ) as number[];
    const present = found.filter((value) => value !== null);
    expect(present.reduce((sum, z) => sum + z, 0)).toBeCloseTo(0, 12);
    expect(present.reduce((sum, z) => sum + z * z, 0)).toBeCloseTo(3, 12);
    expect(found[2]).toBeNull();
    const [same] = cellsOf(
      powerTransform({ standardize: false })
        .fit(one([4, 4]))
        .transform(one([4])),
      'x',
    );
    expect(same).toBeCloseTo(4, 14);
  });

  test('learns from values of any size', () => {
    for (const cells of [
      [1e-300, 1e300, 1],
      [-5, -6, -1e9],
      [0, 0, 0, 1],
      [1e15, 1e15 + 2, 1e15 + 8],
    ]) {
      const fitted = powerTransform().fit(one(cells));
      for (const cell of cellsOf(fitted.transform(one(cells)), 'x')) expect(cell).toSatisfy(Number.isFinite);
    }
  });

  test('refuses values so large on both sides of 0 that their variance has no number', () => {
    expect(() => lambdaOf([-1e300, 3, 1e300])).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });

  test('refuses what Box-Cox does not take', () => {
    expect(() => lambdaOf([0, 1], { method: 'boxCox' })).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID', message: expect.stringContaining('greater than 0') }),
    );
    expect(() =>
      powerTransform({ method: 'boxCox' })
        .fit(one([1, 2]))
        .transform(one([-1])),
    ).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });
});
