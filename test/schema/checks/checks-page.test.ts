// The program of docs/checks.md, run as it stands.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

const FOLDER = resolve('build/checks-page');

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

test('the program of docs/checks.md runs and prints what the page says', async () => {
  const page = readFileSync('docs/checks.md', 'utf8');
  const [program = ''] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] as string);
  mkdirSync(FOLDER, { recursive: true });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const file = join(FOLDER, 'program.ts');
  writeFileSync(file, program.replace("'tabwright'", "'../../src/index.js'"));
  await import(file);
  expect(log.mock.calls).toEqual([
    [
      false,
      [
        ['plan', 'must be one of the 3 declared values', 'error', [1]],
        ['amount', 'must be >= 0', 'error', [1]],
        ['amount', 'must be <= 500', 'warn', [2]],
        ['id, start', 'must be unique', 'error', [3]],
        ['start, end', 'must end after it starts', 'error', [2]],
      ],
    ],
    [
      1,
      3,
      [
        { column: 'plan', rule: 'must be one of the 3 declared values', count: 1 },
        { column: 'amount', rule: 'must be >= 0', count: 1 },
        { column: 'id, start', rule: 'must be unique', count: 1 },
        { column: 'start, end', rule: 'must end after it starts', count: 1 },
      ],
    ],
  ]);
});
