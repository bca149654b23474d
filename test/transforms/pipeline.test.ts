import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FittedTransformer, Transformer } from '../../src/core/transformer.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { fittedPipeline } from '../../src/transforms/fitted-pipeline.js';
import { impute } from '../../src/transforms/impute.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { cellsOf, mixedTable, numbers, strings, trainingRows } from './mixed-rows.js';

const table = mixedTable([
  { amount: 3, flag: true, word: 'b' },
  { amount: null, flag: null, word: null },
  { amount: -1, flag: false, word: 'a' },
]);

const PIPELINES: readonly (() => Transformer)[] = [
  () => pipeline([]),
  () => pipeline([impute(), standardScale(), oneHot()]),
  () => pipeline([oneHot({ unknown: 'other', drop: 'first' }), standardScale(), impute({ strategy: 'mean' })]),
  () => pipeline([ordinal({ output: 'numeric' }), pipeline([impute(), standardScale()])]),
  () => pipeline([impute({ strategy: 'constant', columns: 'all' }), oneHot({ columns: ['word', 'amount', 'flag'] })]),
  () => pipeline([ordinal({ unknown: 'error' }), impute({ strategy: 'mostFrequent', columns: ['word'] })]),
];

describe('pipeline', () => {
  test.each(PIPELINES)('keeps the promises of a step (pipeline %#)', async (make) => {
    await checkTransformer(make, { table, read: readTransformer });
  });

  test('keeps the promises of a step on any rows', async () => {
    await fc.assert(
      fc.asyncProperty(trainingRows, fc.constantFrom(...PIPELINES), async (rows, make) => {
        await checkTransformer(make, { table: mixedTable(rows), read: readTransformer });
      }),
    );
  });

  test('fits each step on what the ones before it made, and leaves out the last transform', () => {
    const seen: string[] = [];
    const spy = (name: string): Transformer => ({
      kind: name,
      fit(given: ColumnTable, target): FittedTransformer {
        seen.push(`${name} fits ${given.columnNames().join(' ')} ${target?.join(' ')}`);
        const fitted = oneHot({ columns: [name] }).fit(given);
        return {
          ...fitted,
          transform(rows) {
            seen.push(`${name} transforms`);
            return fitted.transform(rows);
          },
        };
      },
    });
    const two = makeTable([
      ['a', strings(['x'])],
      ['b', strings(['y'])],
    ]);
    pipeline([spy('a'), spy('b')]).fit(two, Float64Array.of(1));
    expect(seen).toEqual(['a fits a b 1', 'a transforms', 'b fits b a=x 1']);
  });

  test('knows its inputs and its outputs', () => {
    const fitted = pipeline([oneHot(), impute(), standardScale({ columns: ['amount'] })]).fit(table);
    expect(fitted.inputs).toEqual(['word', 'amount', 'flag', 'word=a', 'word=b', 'word is missing'].slice(0, 3));
    expect(fitted.outputs.map(({ name }) => name)).toEqual([
      ...['word=a', 'word=b', 'word is missing', 'amount', 'flag'],
    ]);
  });

  test('is the same as its steps by hand', () => {
    const filled = impute().fit(table).transform(table);
    const expected = standardScale().fit(filled).transform(filled);
    const found = pipeline([impute(), standardScale()]).fit(table).transform(table);
    for (const name of expected.columnNames()) expect(cellsOf(found, name)).toEqual(cellsOf(expected, name));
  });

  test('fits on the rows that a filter left, in their order', () => {
    const whole = makeTable([
      ['x', numbers([5, 1, 9, 3])],
      ['word', strings(['d', 'a', 'c', 'b'])],
    ]);
    const some = whole.filter((row: { x: number }) => row.x < 9).orderby('x');
    const fitted = pipeline([oneHot(), standardScale({ center: false, scale: false })]).fit(some);
    expect(fitted.outputs.map(({ name }) => name)).toEqual(['word=a', 'word=b', 'word=d', 'x']);
    expect(cellsOf(fitted.transform(some), 'x')).toEqual([1, 3, 5]);
    expect(cellsOf(fitted.transform(some), 'word=b')).toEqual([0, 1, 0]);
  });

  test('refuses a step that reads what an earlier one took out', () => {
    const encoded = oneHot().fit(table);
    expect(() => fittedPipeline([encoded, encoded])).toThrow(
      expect.objectContaining({
        code: 'COLUMN_MISSING',
        message: 'oneHot: column word was taken out by an earlier step',
      }),
    );
    expect(() => pipeline([oneHot(), ordinal({ columns: ['word'] })]).fit(table)).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING' }),
    );
  });
});
