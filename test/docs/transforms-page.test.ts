// The programs of docs/transforms.md, run as they stand.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

const FOLDER = resolve('build/transforms-page');

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

test('the programs of docs/transforms.md run and print what they say', async () => {
  const page = readFileSync('docs/transforms.md', 'utf8');
  const programs = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] as string);
  mkdirSync(FOLDER, { recursive: true });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  for (const [i, program] of programs.entries()) {
    const file = join(FOLDER, `program-${i}.ts`);
    const source = program
      .replace("'tabwright/testing'", "'../../src/testing.js'")
      .replace("'tabwright'", "'../../src/index.js'");
    writeFileSync(file, source);
    await import(file);
  }
  expect(programs).toHaveLength(4);
  expect(log.mock.calls).toEqual([
    [['age', 'plan=free', 'plan=pro']],
    [[{ 'joined hour': 8, 'joined weekend': 1, 'days since joined': 10, 'orders / visits': 0.25 }]],
    [[0, 1, 0, 1]],
    [[0, 1, 0, 1]],
  ]);
});
