import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { impute } from '../../src/transforms/impute.js';
import type { MissingIndicatorOptions } from '../../src/transforms/missing-indicator.js';
import { missingIndicator } from '../../src/transforms/missing-indicator.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { tableToMatrix } from '../../src/transforms/table-to-matrix.js';
import { booleans, cellsOf, dates, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['amount', numbers([1, null, 3])],
  ['whole', numbers([1, 2, 3])],
  ['flag', booleans([true, false, null])],
  ['word', strings([null, 'b', 'a'])],
  ['day', dates([null, '2026-01-01', '2026-01-01'])],
]);

describe('missingIndicator', () => {
  test.each<MissingIndicatorOptions>([{}, { features: 'all' }, { columns: ['day', 'whole'], features: 'all' }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => missingIndicator(options), { table, read: readTransformer });
    },
  );

  test('marks the missing cells of columns that had some in training', () => {
    const marked = missingIndicator().fit(table).transform(table);
    expect(marked.columnNames().slice(5)).toEqual(['amount is missing', 'flag is missing', 'word is missing']);
    expect(cellsOf(marked, 'amount is missing')).toEqual([0, 1, 0]);
    expect(cellsOf(marked, 'flag is missing')).toEqual([0, 0, 1]);
    expect(cellsOf(marked, 'word is missing')).toEqual([1, 0, 0]);
    const days = missingIndicator({ columns: ['day'] })
      .fit(table)
      .transform(table);
    expect(cellsOf(days, 'day is missing')).toEqual([1, 0, 0]);
  });

  test('leaves a column what an earlier step made of it', () => {
    const given = table.select('amount', 'word');
    const fitted = pipeline([ordinal(), missingIndicator(), impute({ columns: ['amount'] })]).fit(given);
    const { features, columns } = tableToMatrix(fitted, given);
    expect(features.map(({ name, kind }) => [name, kind])).toEqual([
      ['amount', 'numeric'],
      ['word', 'categorical'],
      ['amount is missing', 'numeric'],
      ['word is missing', 'numeric'],
    ]);
    expect([...(columns[0] ?? [])]).toEqual([1, 2, 3]);
    expect([...(columns[2] ?? [])]).toEqual([0, 1, 0]);
  });
});
