import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import type { RareCategoriesOptions } from '../../src/transforms/rare-categories.js';
import { rareCategories } from '../../src/transforms/rare-categories.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { cellsOf, mixedTable, newRows, numbers, strings, trainingRows } from './mixed-rows.js';

const table = makeTable([
  ['word', strings(['b', null, 'b', 'a', 'c', 'c', 'other', 'b'])],
  ['empty', strings(new Array(8).fill(null))],
  ['amount', numbers(new Array(8).fill(1))],
]);

const grouped = (options: RareCategoriesOptions) =>
  cellsOf(
    rareCategories({ columns: ['word'], ...options })
      .fit(table)
      .transform(makeTable([['word', strings(['a', 'b', 'c', null, 'new', 'other'])]])),
    'word',
  );

describe('rareCategories', () => {
  test.each<RareCategoriesOptions>([{}, { minFrequency: 2, label: 'rare' }, { maxLevels: 1 }])(
    'keeps the promises of a step with %o',
    async (options) => {
      await checkTransformer(() => rareCategories(options), { table, read: readTransformer });
    },
  );

  test('groups by share, by count or past the most frequent, and what it never saw', () => {
    expect(grouped({})).toEqual(['a', 'b', 'c', null, 'other', 'other']);
    expect(grouped({ minShare: 0.25 })).toEqual(['other', 'b', 'c', null, 'other', 'other']);
    expect(grouped({ minShare: 0, minFrequency: 3 })).toEqual(['other', 'b', 'other', null, 'other', 'other']);
    expect(grouped({ maxLevels: 2, label: 'rare' })).toEqual(['rare', 'b', 'c', null, 'rare', 'rare']);
  });

  test('keeps exactly the categories that are frequent enough', () => {
    fc.assert(
      fc.property(trainingRows, newRows, fc.integer({ min: 1, max: 4 }), (rows, others, minFrequency) => {
        const fitted = rareCategories({ minShare: 0, minFrequency, label: 'rare' }).fit(mixedTable(rows));
        const often = (word: string) => rows.filter((row) => row.word === word).length >= minFrequency;
        expect(cellsOf(fitted.transform(mixedTable(others)), 'word')).toEqual(
          others.map(({ word }) => (word === null || often(word) ? word : 'rare')),
        );
      }),
    );
  });

  test('refuses numbers', () => {
    expect(() => rareCategories({ columns: ['amount'] }).fit(table)).toThrow(
      'rareCategories: column amount must hold strings, got numbers',
    );
  });
});
