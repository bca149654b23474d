import { describe, expect, test } from 'vitest';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { hashBucket } from '../../src/transforms/hash-bucket.js';
import type { HashTokensOptions } from '../../src/transforms/hash-tokens.js';
import { hashTokens } from '../../src/transforms/hash-tokens.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { cellsOf, strings } from './mixed-rows.js';

const table = makeTable([['text', strings(['Big big red box', null, '', 'x ÜBER 42_a', 'red'])]]);

/** Counts of a text's words with their signs, by column. */
const counted = (words: readonly string[], buckets: number, signed = true) => {
  const counts = new Array<number>(buckets).fill(0);
  for (const word of words) {
    const { index, sign } = hashBucket(word, buckets, signed);
    counts[index] = (counts[index] as number) + sign;
  }
  return counts;
};
const row0 = (options: HashTokensOptions) => {
  const encoded = hashTokens({ buckets: 5, norm: 'none', ...options })
    .fit(table)
    .transform(table);
  return Array.from({ length: 5 }, (_, i) => cellsOf(encoded, `text token ${i}`)[0]);
};

describe('hashTokens', () => {
  test.each<HashTokensOptions>([
    {},
    { buckets: 3, norm: 'none', signed: false, keep: true },
    { binary: true, lowercase: false, minLength: 1, norm: 'l1' },
  ])('keeps the promises of a step with %o', async (options) => {
    await checkTransformer(() => hashTokens(options), { table, read: readTransformer });
  });

  test('counts the words of a text', () => {
    expect(row0({})).toEqual(counted(['big', 'big', 'red', 'box'], 5));
    expect(row0({ signed: false })).toEqual(counted(['big', 'big', 'red', 'box'], 5, false));
    expect(row0({ lowercase: false })).toEqual(counted(['Big', 'big', 'red', 'box'], 5));
    expect(row0({ binary: true })).toEqual(counted(['big', 'red', 'box'], 5));
    expect(row0({ minLength: 4 })).toEqual([0, 0, 0, 0, 0]);
  });

  test('takes letters of any script, digits and underscores for words', () => {
    const encoded = hashTokens({ buckets: 50, norm: 'none' }).fit(table).transform(table);
    const found = Array.from({ length: 50 }, (_, i) => cellsOf(encoded, `text token ${i}`)[3]);
    expect(found).toEqual(counted(['über', '42_a'], 50));
  });

  test('divides a row by the length of its counts', () => {
    const counts = counted(['big', 'big', 'red', 'box'], 5);
    const length = Math.sqrt(counts.reduce((sum, count) => sum + count * count, 0));
    expect(row0({ norm: 'l2' })).toEqual(counts.map((count) => count / length));
    const size = counts.reduce((sum, count) => sum + Math.abs(count), 0);
    expect(row0({ norm: 'l1' })).toEqual(counts.map((count) => count / size));
  });

  test('has zeros where there is no text, and keeps the text on request', () => {
    const encoded = hashTokens({ buckets: 2, keep: true }).fit(table).transform(table);
    expect(encoded.columnNames()).toEqual(['text', 'text token 0', 'text token 1']);
    expect(encoded.column('text')).toBe(table.column('text'));
    for (const row of [1, 2]) expect([0, 1].map((i) => cellsOf(encoded, `text token ${i}`)[row])).toEqual([0, 0]);
  });
});
