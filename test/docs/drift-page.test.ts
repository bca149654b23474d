// The program of docs/drift.md, run as it stands in a folder of its own.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runPage } from './run-page.js';

const folder = await mkdtemp(join(tmpdir(), 'tabwright-drift-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the program of docs/drift.md runs and prints what it says', async () => {
  expect(await runPage(join(process.cwd(), 'docs/drift.md'), 'ts', folder)).toEqual([
    [['age: kolmogorov-smirnov true', 'city: proportions false']],
    [['Atlantis']],
  ]);
  expect(await readFile(join(folder, 'drift.html'), 'utf8')).toContain('prospects, version 1');
});
