// docs/monitoring.md: its program runs, in a folder of its own.
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';
import { runPage } from './run-page.js';

test('the program of docs/monitoring.md runs and prints what it says', async () => {
  const printed = [[{ joined: 1, repeated: 0, waiting: 0 }], [1]];
  expect(await runPage('docs/monitoring.md', 'ts', temporaryFolder())).toEqual(printed);
});
