// docs/live-models.md: its program runs and prints what it says.
import { expect, test } from 'vitest';
import { runPage } from './run-page.js';

test('the program of docs/live-models.md goes through a model’s life', async () => {
  expect(await runPage('docs/live-models.md')).toEqual([[1], [2, [1, 2]], [3, 2]]);
});
