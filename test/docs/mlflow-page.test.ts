// The programs of docs/mlflow.md that need no server, run as they stand.
import { expect, test } from 'vitest';
import { runPage } from './run-page.js';

test('the programs of docs/mlflow.md run and print what they say', async () => {
  expect(await runPage('docs/mlflow.md')).toEqual([[[]], ['model_version_alias', 'champion', '2']]);
});
