// The programs of a documentation page, run as they stand, with what they print.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { vi } from 'vitest';

/** What a program's imports stand for, from its place below the repository. */
const SOURCES = {
  tabwright: 'index',
  'tabwright/mlflow': 'mlflow',
  'tabwright/monitoring': 'monitoring',
  'tabwright/prometheus': 'prometheus',
  'tabwright/testing': 'testing',
};

/**
 * Runs every block of a page in turn, from source, and returns the arguments of each `console.log` in order.
 * @param language Of the blocks; pages keep programs that need a server in blocks of `js`.
 * @param workingDirectory Where the files are that the programs name.
 */
export async function runPage(page: string, language = 'ts', workingDirectory = '.'): Promise<unknown[][]> {
  const folder = resolve('build', `${basename(page, '.md')}-${language}-page`);
  const programs = [...readFileSync(page, 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))];
  const repository = process.cwd();
  mkdirSync(folder, { recursive: true });
  process.chdir(workingDirectory);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    for (const [i, [, program = '']] of programs.entries()) {
      const file = join(folder, `program-${i}.ts`);
      writeFileSync(file, fromSource(program));
      await import(file);
    }
    return log.mock.calls;
  } finally {
    log.mockRestore();
    process.chdir(repository);
    rmSync(folder, { recursive: true, force: true });
  }
}

function fromSource(program: string): string {
  const imports = Object.entries(SOURCES);
  return imports.reduce((text, [name, entry]) => text.replaceAll(`'${name}'`, `'../../src/${entry}.js'`), program);
}
