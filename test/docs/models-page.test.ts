// The programs of docs/models.md, run as they stand.
import { expect, test } from 'vitest';
import { runPage } from './run-page.js';

test('the programs of docs/models.md run and print what they say', async () => {
  expect(await runPage('docs/models.md')).toEqual([
    [150, true],
    ['lightgbm', true],
  ]);
});
