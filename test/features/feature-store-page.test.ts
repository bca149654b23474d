// The programs of docs/feature-store.md, run as they stand.
import { expect, test } from 'vitest';
import { runPage } from '../docs/run-page.js';

test('the programs of docs/feature-store.md run and print what the page says', async () => {
  expect(await runPage('docs/feature-store.md')).toEqual([
    [{ version: 2, nRows: 4, added: 2 }],
    [{ plan: 'pro', logins7d: 1 }],
    [[1, 1, 1, 2]],
    [['conversion/1']],
  ]);
});
