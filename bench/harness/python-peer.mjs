// A Python process that stays up through a benchmark, so that its imports and data loading stay out of the measured calls.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.mjs';

const PEERS = fileURLToPath(new URL('../../.cache/peers/', import.meta.url));
const HARNESS = fileURLToPath(new URL('.', import.meta.url));

/**
 * The interpreter of an environment of peers, or undefined where `scripts/setup-peers.sh` could not make it.
 * @param {'venv' | 'drift' | 'profile' | 'mlflow' | 'mlserver' | 'serving'} [environment]
 */
export function pythonPath(environment = 'venv') {
  const path = `${PEERS}${environment}/bin/python`;
  return existsSync(path) ? path : undefined;
}

/**
 * Starts a script that ends in `serve(...)` of `python_peer.py`.
 * @param {string} script its path
 * @param {{ args?: readonly string[], env?: Record<string, string>, environment?: string }} [options]
 * @returns {{ call(name: string, args?: object): Promise<Record<string, any>>, end(): Promise<void> }} `call` answers with what
 *   the function returned and `time`, its seconds inside Python
 */
export function startPython(script, { args = [], env = {}, environment = 'venv' } = {}) {
  const child = spawn(`${PEERS}${environment}/bin/python`, [script, ...args], {
    env: childEnvironment({ PYTHONPATH: HARNESS, ...env }),
    // Libraries print to standard output: it goes to standard error, and answers come on a descriptor of their own.
    stdio: ['pipe', 2, 2, 'pipe'],
  });
  const waiting = [];
  let exitCode;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.on('error', () => {}); // the close below says what happened
  createInterface({ input: child.stdio[3] }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  ended.then((code) => {
    exitCode = code;
    for (const { reject } of waiting) reject(new Error(`the Python peer ended with ${code}`));
  });

  async function call(name, callArgs = {}) {
    if (exitCode !== undefined) throw new Error(`the Python peer ended with ${exitCode}`);
    const answer = await new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify({ name, args: callArgs })}\n`);
    });
    if (answer.error !== undefined) throw new Error(`Python peer, ${name}: ${answer.error}`);
    return answer;
  }

  async function end() {
    child.stdin.end();
    await ended;
  }

  return { call, end };
}
