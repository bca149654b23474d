import { describe, expect, test } from 'vitest';
import { DateColumn } from '../../src/table/date-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { fittedPipeline } from '../../src/transforms/fitted-pipeline.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { tableToMatrix } from '../../src/transforms/table-to-matrix.js';
import { booleans, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['word', strings(['b', null, 'a'])],
  ['x', numbers([1, null, 3])],
  ['flag', booleans([true, null, false])],
  ['target', strings(['yes', 'no', 'yes'])],
]);

describe('tableToMatrix', () => {
  test('takes the outputs and the numeric columns that no step wrote, booleans as 0 and 1', () => {
    const matrix = tableToMatrix(ordinal({ columns: ['word'] }).fit(table), table, ['flag', 'word', 'x']);
    expect(matrix.nRows).toBe(3);
    expect(matrix.features).toEqual([
      { name: 'flag', kind: 'numeric' },
      { name: 'word', kind: 'categorical', levels: ['a', 'b'] },
      { name: 'x', kind: 'numeric' },
    ]);
    expect(matrix.columns.map((column) => [...column])).toEqual([
      [1, Number.NaN, 0],
      [1, Number.NaN, 0],
      [1, Number.NaN, 3],
    ]);
    expect(matrix.columns[2]).toBe(table.column('x'));
  });

  test('orders the features by the columns asked for, whatever the order in the table', () => {
    const fitted = oneHot({ columns: ['word'] }).fit(table);
    const names = (columns?: string[]) =>
      tableToMatrix(fitted, table.select('x', 'word'), columns).features.map((f) => f.name);
    expect(names()).toEqual(['x', 'word=a', 'word=b', 'word is missing']);
    expect(names(['word', 'x'])).toEqual(['x', 'word=a', 'word=b', 'word is missing']);
  });

  test('reads the rows that a filter left', () => {
    const some = table.select('x').filter((row: { x: number }) => row.x > 1);
    expect(tableToMatrix(fittedPipeline([]), some).columns).toEqual([Float64Array.of(3)]);
  });

  test('takes a string column with no value for missing numbers', () => {
    const empty = makeTable([['word', strings([null, null])]]);
    expect(tableToMatrix(fittedPipeline([]), empty).columns).toEqual([Float64Array.of(Number.NaN, Number.NaN)]);
  });

  test('names a column that still holds strings or dates, and what to do', () => {
    expect(() => tableToMatrix(fittedPipeline([]), table, ['word'])).toThrow(
      expect.objectContaining({
        code: 'COLUMN_INVALID',
        message:
          'column word still holds strings after the pipeline: add oneHot or ordinal to the pipeline, or leave the column out',
      }),
    );
    const dates = makeTable([['day', new DateColumn(Float64Array.of(0))]]);
    expect(() => tableToMatrix(fittedPipeline([]), dates)).toThrow(/column day still holds dates/);
  });

  test('names a column that is not in the table', () => {
    expect(() => tableToMatrix(fittedPipeline([]), table, ['y'])).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING' }),
    );
  });
});
