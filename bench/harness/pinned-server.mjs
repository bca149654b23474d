// A server on one core and a load generator on another: started, waited for, measured by wrk, and ended by process id.
import { execFile, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { childEnvironment } from './child-environment.mjs';

const READY_SECONDS = 60;
const PORTS_A_SERVER = 10;
let nextPort = 20_000;
const [SERVER_CORE, LOAD_CORE] = ['0', '1'];

/**
 * Starts a server on its core and asks until it answers with 200.
 * @param {{ command(port: number): string[], env?: object, portEnvironment?(port: number): object, cwd?: string, path: string, body: string }} server
 * @returns {Promise<{ ready: number, url: string, answer: string, rss(): Promise<number>, pause(): Promise<void>, resume(): Promise<void>, end(): Promise<void> }>} `ready`: seconds from
 *   the start to the first answer; `rss`: bytes of all its processes; `pause` and `resume` them, so that one that waits takes no time
 */
export async function startPinned({ command, env, portEnvironment, cwd, path, body }) {
  const port = await freePort();
  const start = performance.now();
  const child = spawn('taskset', ['-c', SERVER_CORE, ...command(port)], {
    cwd,
    env: childEnvironment({ ...env, ...portEnvironment?.(port), OMP_NUM_THREADS: '1' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors = (errors + text).slice(-2000);
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const url = `http://127.0.0.1:${port}${path}`;
  const signal = async (name) => {
    for (const pid of (await family(child.pid)).reverse()) send(pid, name);
  };
  const end = async () => {
    await signal('SIGKILL');
    await closed;
  };
  for (const limit = start + READY_SECONDS * 1000; performance.now() < limit; await wait(5)) {
    const answer = await ask(url, body);
    if (answer !== undefined) {
      const ready = (performance.now() - start) / 1000;
      const rss = () => residentBytes(child.pid);
      return { ready, url, answer, rss, pause: () => signal('SIGSTOP'), resume: () => signal('SIGCONT'), end };
    }
    if (child.exitCode !== null) break;
  }
  await end();
  throw new Error(`a benchmarked server did not answer at ${path}: ${errors}`);
}

/**
 * Posts the body over and over from the other core.
 * @param {{ script: string, connections: number, seconds: number }} load the script is one that {@link writePostScript} wrote
 * @returns {Promise<{ rps: number, p50: number, p99: number }>}
 */
export async function runWrk(url, { script, connections, seconds }) {
  const args = ['-c', LOAD_CORE, 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, url];
  const { stdout } = await promisify(execFile)('taskset', args);
  const [, report] = stdout.split('report ');
  const { rps, p50, p99, failed } = JSON.parse(report);
  if (failed > 0) throw new Error(`${failed} requests to ${url} failed`);
  return { rps, p50, p99 };
}

/** Writes what wrk sends, and how it reports; times of wrk are microseconds. */
export async function writePostScript(file, body) {
  const lines = [
    `wrk.method = "POST"`,
    `wrk.headers["Content-Type"] = "application/json"`,
    `wrk.body = ${JSON.stringify(body)}`,
    'function done(summary, latency)',
    '  local e = summary.errors',
    '  local failed = e.connect + e.read + e.write + e.status + e.timeout',
    '  local text = \'report {"rps":%f,"p50":%f,"p99":%f,"failed":%d}\\n\'',
    '  local rps = summary.requests / summary.duration * 1e6',
    '  io.write(string.format(text, rps, latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, failed))',
    'end',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
}

async function ask(url, body) {
  try {
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    return response.status === 200 ? await response.text() : void (await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** A port that nothing listens on, below those that connections are given; the next few are left to the same server. */
async function freePort() {
  for (;;) {
    nextPort += PORTS_A_SERVER;
    const port = nextPort;
    const isFree = await new Promise((resolve) => {
      const server = createServer().once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

async function residentBytes(pid) {
  let kilobytes = 0;
  for (const member of await family(pid)) {
    const status = await readFile(`/proc/${member}/status`, 'utf8').catch(() => '');
    kilobytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }
  return kilobytes * 1024;
}

/** A process and all that it started. */
async function family(pid) {
  const parents = new Map();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const members = [pid];
  for (const member of members) {
    for (const [child, parent] of parents) if (parent === member) members.push(child);
  }
  return members;
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
