// The program of docs/features.md, run as it stands.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

const FOLDER = resolve('build/features-page');

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

test('the program of docs/features.md runs and prints what the page says', async () => {
  const page = readFileSync('docs/features.md', 'utf8');
  const [program = ''] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] as string);
  mkdirSync(FOLDER, { recursive: true });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const file = join(FOLDER, 'program.ts');
  writeFileSync(file, program.replace("'tabwright'", "'../../src/index.js'"));
  await import(file);
  expect(log.mock.calls).toEqual([
    [
      {
        prospect_id: 'p1',
        as_of: new Date('2026-02-03'),
        plan: 'pro',
        logins30d: 1,
        spent: 12.5,
        lastAction: 'order',
        converted: 1,
      },
    ],
    [{ plan: 'pro', logins30d: 0, spent: 12.5, lastAction: 'order' }],
  ]);
});
