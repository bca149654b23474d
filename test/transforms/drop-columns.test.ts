import { describe, expect, test } from 'vitest';
import type { Transformer } from '../../src/core/transformer.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { dropColumns } from '../../src/transforms/drop-columns.js';
import { keepColumns } from '../../src/transforms/keep-columns.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { dates, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['a', numbers([2, -1, null])],
  ['day', dates([null, '2026-01-01', '2026-01-01'])],
  ['b', numbers([3, 0, 5])],
  ['word', strings(['x', 'y', null])],
]);

const left = (step: Transformer) => step.fit(table).transform(table).columnNames();

describe('dropColumns and keepColumns', () => {
  test.each<() => Transformer>([
    () => dropColumns(['word', 'day']),
    () => dropColumns('numeric'),
    () => keepColumns('date'),
    () => keepColumns(['b']),
    () => pipeline([dropColumns('date'), keepColumns('numeric'), standardScale({ columns: ['b'] })]),
  ])('keep the promises of a step (%#)', async (make) => {
    await checkTransformer(make, { table, read: readTransformer });
  });

  test('take columns by name or by what they hold', () => {
    expect(left(dropColumns(['b', 'word']))).toEqual(['a', 'day']);
    expect(left(dropColumns('date'))).toEqual(['a', 'b', 'word']);
    expect(left(keepColumns('all'))).toEqual(['a', 'b', 'word']);
    expect(left(keepColumns(['word', 'a']))).toEqual(['a', 'word']);
  });

  test('a pipeline knows which columns pass through it', () => {
    const fitted = pipeline([keepColumns(['a', 'b']), standardScale({ columns: ['b'] })]).fit(table);
    expect(fitted.inputs).toEqual(['a', 'b', 'day', 'word']);
    expect(fitted.keeps).toEqual(['a']);
    expect(fitted.outputs).toEqual([{ name: 'b', kind: 'numeric' }]);
  });

  test('a later step cannot read what was taken out', () => {
    expect(() => pipeline([dropColumns(['a']), standardScale({ columns: ['a'] })]).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING' }),
    );
  });
});
