import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/core/feature-spec.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { defaultPipeline } from '../../src/transforms/default-pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { tableToMatrix } from '../../src/transforms/table-to-matrix.js';
import { booleans, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['age', numbers([20, null, 40])],
  ['empty', numbers([null, null, null])],
  ['member', booleans([true, null, false])],
  ['plan', strings(['pro', null, 'free'])],
]);

const fields: readonly Field[] = [
  { name: 'age', type: 'integer', nullable: true },
  { name: 'empty', type: 'number', nullable: true },
  { name: 'member', type: 'boolean', nullable: true },
  { name: 'plan', type: 'string', nullable: true },
];

describe('defaultPipeline', () => {
  test.each(['dense', 'native'] as const)('keeps the promises of a step (%s)', async (input) => {
    await checkTransformer(() => defaultPipeline(fields, input), { table, read: readTransformer });
  });

  test('makes numbers without missing values for dense models', () => {
    const matrix = tableToMatrix(defaultPipeline(fields, 'dense').fit(table), table);
    expect(matrix.features.map(({ name }) => name)).toEqual([
      ...['age', 'empty', 'member', 'plan=free', 'plan=pro', 'plan is missing'],
    ]);
    expect(matrix.columns.map((column) => [...column])).toEqual([
      [-Math.sqrt(1.5), 0, Math.sqrt(1.5)],
      [0, 0, 0],
      [Math.sqrt(1.5), 0, -Math.sqrt(1.5)],
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });

  test('leaves missing values and names categories for native models', () => {
    const matrix = tableToMatrix(defaultPipeline(fields, 'native').fit(table), table);
    expect(matrix.features).toEqual([
      ...['age', 'empty', 'member'].map((name) => ({ name, kind: 'numeric' })),
      { name: 'plan', kind: 'categorical', levels: ['free', 'pro'] },
    ]);
    expect(matrix.columns.map((column) => [...column])).toEqual([
      [20, Number.NaN, 40],
      [Number.NaN, Number.NaN, Number.NaN],
      [1, Number.NaN, 0],
      [1, Number.NaN, 0],
    ]);
  });
});
