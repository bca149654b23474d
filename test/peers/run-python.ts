// Runs a script of this folder in the Python environment that scripts/setup-peers.sh makes, JSON in and JSON out.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PYTHON = join(ROOT, '.cache/peers/venv/bin/python');

/** Whether the environment is there. */
export const hasPython = existsSync(PYTHON);

/** @throws Error with what the script wrote to stderr, where it fails */
export function runPython(script: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync(PYTHON, [join(ROOT, 'test/peers', script)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout);
}
