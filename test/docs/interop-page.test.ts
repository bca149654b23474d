// The program of docs/interop.md, run as it stands, and the formats it names.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MODEL_FILE_FORMATS } from '../../src/formats/model-file-format.js';
import { runPage } from './run-page.js';

test('the program of docs/interop.md gives the same scores after a round trip', async () => {
  expect(await runPage('docs/interop.md')).toEqual([[true]]);
});

test('docs/interop.md names every format', () => {
  const page = readFileSync('docs/interop.md', 'utf8');
  for (const format of MODEL_FILE_FORMATS) expect(page).toContain(`\`${format}\``);
});
