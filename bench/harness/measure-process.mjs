// One whole process: wall time from start to exit, and its peak memory.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from './child-environment.mjs';

const TIME = '/usr/bin/time';

/**
 * Runs a command to its end; its output is returned, its errors are shown only when it fails.
 * @param {string} command a program: `process.execPath`, or the interpreter that `pythonPath()` gives
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, input?: string }} [options]
 * @returns {Promise<{ time: number, rss: number, stdout: string }>} seconds, bytes (NaN where GNU time is not installed)
 */
export async function measureProcess(command, args, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tabwright-bench-'));
  try {
    const report = join(folder, 'rss');
    // Started through GNU time, a small process: a child's peak counts the memory of the process that forked it.
    const [program, programArgs] = existsSync(TIME)
      ? [TIME, ['-f', '%M', '-o', report, command, ...args]]
      : [command, args];
    const start = process.hrtime.bigint();
    const stdout = await run(program, programArgs, options);
    const time = Number(process.hrtime.bigint() - start) / 1e9;
    const kilobytes = await readFile(report, 'utf8').catch(() => 'NaN');
    return { time, rss: Number(kilobytes) * 1024, stdout };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(program, args, { env = {}, cwd, input = '' }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: childEnvironment(env) });
    const output = { stdout: [], stderr: [] };
    child.stdout.on('data', (chunk) => output.stdout.push(chunk));
    child.stderr.on('data', (chunk) => output.stderr.push(chunk));
    child.stdin.on('error', () => {}); // a child may end without reading its input
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output.stdout).toString());
      else reject(new Error(`a benchmarked process ended with ${code}: ${Buffer.concat(output.stderr)}`));
    });
    child.stdin.end(input);
  });
}
