import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../src/core/cell.js';
import type { FittedTransformer } from '../../src/core/transformer.js';
import { impute } from '../../src/transforms/impute.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { rowEncoder } from '../../src/transforms/row-encoder.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { tableToMatrix } from '../../src/transforms/table-to-matrix.js';
import type { MixedRow } from './mixed-rows.js';
import { COLUMNS, mixedTable, newRows, trainingRows } from './mixed-rows.js';

const PIPELINES = [
  pipeline([impute({ keepEmpty: true }), standardScale(), oneHot()]),
  pipeline([ordinal()]),
  pipeline([oneHot({ unknown: 'other', missing: 'ignore' }), impute({ strategy: 'mean' }), standardScale()]),
  pipeline([impute({ strategy: 'constant' }), ordinal({ columns: ['word', 'amount'], output: 'numeric' })]),
  oneHot({ columns: ['word', 'flag'], drop: 'first', minFrequency: 2 }),
];

const order: fc.Arbitrary<string[]> = fc.shuffledSubarray([...COLUMNS], { minLength: 3 });

function encodeRows(fitted: FittedTransformer, columns: readonly string[], rows: readonly MixedRow[]): number[][] {
  const encode = rowEncoder(fitted, columns);
  const out = new Float64Array(tableToMatrix(fitted, mixedTable(rows), columns).features.length);
  return rows.map((row) => {
    encode(
      columns.map((name): Cell => row[name as keyof MixedRow]),
      out,
    );
    return [...out];
  });
}

describe('rowEncoder', () => {
  test('gives the bits of tableToMatrix for any rows, columns in any order, also after JSON', () => {
    fc.assert(
      fc.property(trainingRows, newRows, fc.constantFrom(...PIPELINES), order, (rows, others, steps, columns) => {
        const fitted = steps.fit(mixedTable(rows));
        const copy = readTransformer(JSON.parse(JSON.stringify(fitted)));
        const matrix = tableToMatrix(fitted, mixedTable(others), columns);
        const expected = others.map((_, row) => matrix.columns.map((column) => column[row]));
        expect(encodeRows(fitted, columns, others)).toStrictEqual(expected);
        expect(encodeRows(copy, columns, others)).toStrictEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves the cells alone', () => {
    const rows = [{ amount: null, flag: true, word: 'a' }];
    const cells = Object.freeze([null, true, 'a']);
    const out = new Float64Array(3);
    rowEncoder(PIPELINES[0]?.fit(mixedTable(rows)) as FittedTransformer, COLUMNS)(cells, out);
    expect([...out]).toEqual([0, 0, 1]);
  });

  test('goes on after a row that was refused', () => {
    const fitted = oneHot({ unknown: 'error', missing: 'error' }).fit(
      mixedTable([{ amount: 1, flag: null, word: 'a' }]),
    );
    const encode = rowEncoder(fitted, COLUMNS);
    const out = new Float64Array(3);
    expect(() => encode([1, true, 'new'], out)).toThrow(
      expect.objectContaining({ code: 'CATEGORY_UNKNOWN', problems: [expect.objectContaining({ column: 'word' })] }),
    );
    expect(() => encode([1, true, null], out)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    encode([2, false, 'a'], out);
    expect([...out]).toEqual([2, 0, 1]);
  });

  test('refuses cells of a kind that the column cannot hold, without showing them', () => {
    const fitted = oneHot().fit(mixedTable([{ amount: 1, flag: null, word: 'a' }]));
    const encode = rowEncoder(fitted, COLUMNS);
    const out = new Float64Array(3);
    expect(() => encode(['12', true, 'a'], out)).toThrow('features: column amount must be a number, got string');
    expect(() => encode([1, new Date(0), 'a'], out)).toThrow('features: column flag must be a number, got date');
    expect(() => encode([1, true, 3], out)).toThrow('oneHot: column word must be a string, got number');
  });

  test('refuses columns that lack one the pipeline reads', () => {
    const fitted = oneHot().fit(mixedTable([{ amount: 1, flag: null, word: 'a' }]));
    expect(() => rowEncoder(fitted, ['amount'])).toThrow(expect.objectContaining({ code: 'COLUMN_MISSING' }));
  });
});
