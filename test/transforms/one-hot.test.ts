import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { OneHotOptions } from '../../src/transforms/one-hot.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { rowEncoder } from '../../src/transforms/row-encoder.js';
import { booleans, cellsOf, mixedTable, newRows, numbers, strings, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['word', strings(['b', null, 'b', 'a', 'c'])],
  ['size', strings(['s', 'm', 's', 's', 'm'])],
  ['stars', numbers([10, 9, 9, null, 10])],
  ['flag', booleans([true, null, true, false, false])],
]);

const unseen = makeTable([
  ['word', strings(['new', null, 'a'])],
  ['size', strings([null, 's', 'xl'])],
]);

const encode = (options: OneHotOptions, rows = table) => {
  const encoded = oneHot(options).fit(table).transform(rows);
  return Object.fromEntries(encoded.columnNames().map((name) => [name, cellsOf(encoded, name)]));
};

describe('oneHot', () => {
  test.each<OneHotOptions>([
    {},
    { unknown: 'other', maxLevels: 1 },
    { unknown: 'error' },
    { missing: 'error', columns: ['size'] },
    { missing: 'ignore', drop: 'first' },
    { drop: 'ifBinary', minFrequency: 2 },
    { columns: ['stars', 'flag', 'word'] },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => oneHot(options), { table, read: readTransformer });
  });

  test('makes a column a category in sorted order, with missing as its own where it was seen', () => {
    expect(encode({ columns: ['word', 'size'] })).toEqual({
      stars: [10, 9, 9, null, 10],
      flag: [true, null, true, false, false],
      'word=a': [0, 0, 0, 1, 0],
      'word=b': [1, 0, 1, 0, 0],
      'word=c': [0, 0, 0, 0, 1],
      'word is missing': [0, 1, 0, 0, 0],
      'size=m': [0, 1, 0, 0, 1],
      'size=s': [1, 0, 1, 1, 0],
    });
  });

  test('encodes numbers by size and booleans when they are named', () => {
    expect(Object.keys(encode({ columns: ['stars', 'flag'], missing: 'ignore' }))).toEqual([
      ...['word', 'size', 'stars=9', 'stars=10', 'flag=false', 'flag=true'],
    ]);
  });

  test('does with an unknown category, and missing where none was seen, what the policy says', () => {
    const ignored = encode({ columns: ['word', 'size'] }, unseen);
    expect(ignored).toMatchObject({ 'word=a': [0, 0, 1], 'word is missing': [0, 1, 0], 'size=m': [0, 0, 0] });
    const other = encode({ columns: ['word', 'size'], unknown: 'other' }, unseen);
    expect(other).toMatchObject({ 'word is other': [1, 0, 0], 'size is other': [1, 0, 1], 'size=s': [0, 1, 0] });
    expect(() => encode({ columns: ['word'], unknown: 'error' }, unseen)).toThrow(
      expect.objectContaining({
        code: 'CATEGORY_UNKNOWN',
        message: 'oneHot: column word must be a category seen when the step was fitted, broken in 1 row',
        problems: [expect.objectContaining({ column: 'word', count: 1, rows: [0] })],
      }),
    );
    expect(() => encode({ columns: ['size'], unknown: 'error' }, unseen.slice(0, 1))).toThrow(
      /size must not be missing/,
    );
    expect(() => encode({ columns: ['size'], missing: 'error' }, unseen)).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID', problems: [expect.objectContaining({ rows: [0] })] }),
    );
    expect(() => encode({ columns: ['word'], missing: 'error' })).toThrow(
      expect.objectContaining({ code: 'VALUE_INVALID' }),
    );
  });

  test('leaves the first category out by policy', () => {
    const names = (options: OneHotOptions) => Object.keys(encode({ columns: ['word', 'size'], ...options })).slice(2);
    expect(names({ drop: 'first' })).toEqual(['word=b', 'word=c', 'word is missing', 'size=s']);
    expect(names({ drop: 'ifBinary' })).toEqual(['word=a', 'word=b', 'word=c', 'word is missing', 'size=s']);
    expect(names({ drop: 'first', unknown: 'other' })).toContain('word is other');
  });

  test('puts missing and other in their place when the first category is left out', () => {
    const encoded = encode({ columns: ['word'], drop: 'first', unknown: 'other' }, unseen);
    expect(encoded).toMatchObject({ 'word=b': [0, 0, 0], 'word is missing': [0, 1, 0], 'word is other': [1, 0, 0] });
    const ignored = encode({ columns: ['word'], drop: 'first' }, unseen);
    expect(ignored).toMatchObject({ 'word=b': [0, 0, 0], 'word=c': [0, 0, 0], 'word is missing': [0, 1, 0] });
  });

  test('takes no category that only the dictionary of a column holds', () => {
    const column = new DictionaryColumn(Int32Array.of(1, 1), ['gone', 'here']);
    expect(
      oneHot()
        .fit(makeTable([['word', column]]))
        .outputs.map(({ name }) => name),
    ).toEqual(['word=here']);
  });

  test('names five of the rows it refuses', () => {
    const many = makeTable([['word', strings(['a', ...new Array(7).fill('new')])]]);
    expect(() => encode({ columns: ['word'], unknown: 'error' }, many)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ count: 7, rows: [1, 2, 3, 4, 5] })] }),
    );
  });

  test('takes rare categories for unknown', () => {
    expect(encode({ columns: ['word'], minFrequency: 2, unknown: 'other' })).toMatchObject({
      'word=b': [1, 0, 1, 0, 0],
      'word is other': [0, 0, 0, 1, 1],
    });
    expect(Object.keys(encode({ columns: ['word'], maxLevels: 2 }))).toEqual([
      ...['size', 'stars', 'flag', 'word=a', 'word=b', 'word is missing'],
    ]);
    expect(() => oneHot({ unknown: 'error', maxLevels: 2 })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });

  test('agrees with encoding by hand', () => {
    fc.assert(
      fc.property(trainingRows, newRows, (rows, others) => {
        const fitted = oneHot().fit(mixedTable(rows));
        const levels = [...new Set(rows.map((row) => row.word))];
        const encoded = fitted.transform(mixedTable(others));
        expect(fitted.outputs).toHaveLength(levels.length);
        for (const level of levels) {
          const name = level === null ? 'word is missing' : `word=${level}`;
          expect(cellsOf(encoded, name)).toEqual(others.map((row) => Number(row.word === level)));
        }
      }),
    );
  });

  test('accepts anything as unknown in a column that had no value', () => {
    const fitted = oneHot({ columns: ['word'] }).fit(makeTable([['word', numbers([null])]]));
    expect(cellsOf(fitted.transform(unseen.select('word')), 'word is missing')).toEqual([0, 1, 0]);
    const encode = rowEncoder(fitted, ['word']);
    const out = new Float64Array(1);
    for (const cell of ['new', 3, true, null, Number.NaN]) {
      encode([cell], out);
      expect(out[0]).toBe(Number(cell === null || Number.isNaN(cell)));
    }
  });

  test('refuses more categories and rows than memory has room for, and says what to do', () => {
    const names = Array.from({ length: 30_000 }, (_, row) => `id ${row}`);
    const table = makeTable([['id', new DictionaryColumn(Int32Array.from(names.keys()), names)]]);
    expect(() => oneHot().fit(table).transform(table)).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE', message: expect.stringMatching(/column id: set maxLevels/) }),
    );
    expect(oneHot({ maxLevels: 2 }).fit(table).transform(table).numCols()).toBe(2);
  });

  test('refuses names that two columns would have', () => {
    const taken = makeTable([
      ['a', strings(['b'])],
      ['a=b', numbers([1])],
    ]);
    expect(() => oneHot().fit(taken)).toThrow(expect.objectContaining({ code: 'COLUMN_INVALID' }));
    const twice = makeTable([
      ['a', strings(['b=c'])],
      ['a=b', strings(['c'])],
    ]);
    expect(() => oneHot().fit(twice)).toThrow(/two columns would be named a=b=c/);
  });
});
