import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, which goes when the tests of the file that imports this are through. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabwright-test-'));
  made.push(folder);
  return folder;
}
