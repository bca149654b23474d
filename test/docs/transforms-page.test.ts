// The programs of docs/transforms.md, run as they stand.
import { expect, test } from 'vitest';
import { runPage } from './run-page.js';

test('the programs of docs/transforms.md run and print what they say', async () => {
  expect(await runPage('docs/transforms.md')).toEqual([
    [['age', 'plan=free', 'plan=pro']],
    [[{ 'joined hour': 8, 'joined weekend': 1, 'days since joined': 10, 'orders / visits': 0.25 }]],
    [[0, 1, 0, 1]],
    [[0, 1, 0, 1]],
  ]);
});
