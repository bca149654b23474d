// A CSV column whose later cells are of another type is profiled, as strings, and said to be mixed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profile } from '../../src/eda/profile.js';
import { closeProfileThreads } from '../../src/eda/profile-crew.js';
import { csv } from '../../src/loaders/csv/csv.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabwright-eda-'));
});
afterAll(async () => {
  await closeProfileThreads();
  await rm(folder, { recursive: true });
});

test('a word far down a column of numbers is no error', async () => {
  const path = join(folder, 'mixed.csv');
  const row = (i: number) => `${i},${i === 290_000 ? 'oops' : i * 2},a text that makes the file longer than one batch`;
  const rows = Array.from({ length: 300_000 }, (_, i) => row(i));
  await writeFile(path, `id,amount,note\n${rows.join('\n')}\n`);
  const found = await profile(csv(path), { minimal: true });
  const amount = found.columns[1];
  expect(found.overview.nRows).toBe(300_000);
  expect(amount?.storage).toBe('string');
  expect(amount?.mixed?.number.share).toBeGreaterThan(0.99);
  expect(found.columns[0]?.storage).toBe('number');
});
