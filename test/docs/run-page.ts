// The programs of a documentation page, run as they stand, with what they print.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { vi } from 'vitest';

/** Runs every `ts` block of a page in turn, from source, and returns the arguments of each `console.log` in order. */
export async function runPage(page: string): Promise<unknown[][]> {
  const folder = resolve('build', `${basename(page, '.md')}-page`);
  const programs = [...readFileSync(page, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
  mkdirSync(folder, { recursive: true });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    for (const [i, [, program = '']] of programs.entries()) {
      const file = join(folder, `program-${i}.ts`);
      writeFileSync(
        file,
        program.replace("'tabwright/testing'", "'../../src/testing.js'").replace("'tabwright'", "'../../src/index.js'"),
      );
      await import(file);
    }
    return log.mock.calls;
  } finally {
    log.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }
}
