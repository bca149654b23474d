// Starts real processes on the TypeScript source: the child's program is bundled once into a temporary folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const REGISTRY_CHILD = new URL('./registry-child.ts', import.meta.url);

/** A process under way. */
export interface Child {
  readonly process: ChildProcess;
  /** Waits for the first line, or the end. */
  readonly started: Promise<unknown>;
  /** What it printed, a value a line, once it has ended; a line that a kill cut off is left out. */
  readonly ended: Promise<{ readonly lines: readonly Record<string, unknown>[]; readonly errors: string }>;
}

/** Bundles the child's program; gives what starts it with arguments. */
export async function childStarter(
  folder: string,
  source: URL = REGISTRY_CHILD,
): Promise<(...args: readonly string[]) => Child> {
  const program = await childProgram(folder, source);
  return (...args) => start(program, args);
}

/** Bundles the child's program; gives its path. */
export async function childProgram(folder: string, source: URL = REGISTRY_CHILD): Promise<string> {
  const program = join(folder, `${basename(source.pathname, '.ts')}.mjs`);
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Packages in CommonJS ask for Node's own modules by this name.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  });
  return program;
}

function start(program: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const closed = once(child, 'close');
  const ended = closed.then(() => ({ lines: wholeLines(output), errors }));
  return { process: child, started: Promise.race([once(child.stdout, 'data'), closed]), ended };
}

function wholeLines(output: string): Record<string, unknown>[] {
  const lines = output.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}
