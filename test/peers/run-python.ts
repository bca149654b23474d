// Runs a script of this folder in the Python environment that scripts/setup-peers.sh makes, JSON in and JSON out.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const python = (environment: string): string => join(ROOT, '.cache/peers', environment, 'bin/python');

/** Whether the environment is there. */
export const hasPython = hasEnvironment('venv');

/** Whether another environment of the script is there, such as `profile`. */
export function hasEnvironment(name: string): boolean {
  return existsSync(python(name));
}

/** @throws Error with what the script wrote to stderr, where it fails */
export function runPython(script: string, input: unknown, environment = 'venv'): unknown {
  const { status, stdout, stderr } = spawnSync(python(environment), [join(ROOT, 'test/peers', script)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout);
}
