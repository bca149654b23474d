// The reference server as a process of its own, in a folder of its own, ended by its id.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const START_MS = 20_000;
const PATIENCE_MS = 20_000;

/** The key of an operator and of a caller, and the variable that gives them to the server. */
export const ADMIN_KEY = 'a'.repeat(32);
export const PREDICT_KEY = 'p'.repeat(32);
export const API_KEYS = `operations:admin:${ADMIN_KEY},shop:predict:${PREDICT_KEY}`;

/** A server that listens. */
export interface ServerProcess {
  readonly origin: string;
  /** Its folder: `data` is what it writes, `input` has churn.csv. */
  readonly folder: string;
  readonly child: ChildProcess;
  /** What it has logged so far. */
  readonly log: () => Record<string, unknown>[];
  /** @returns its exit code, once it has ended of itself after SIGTERM */
  stop(): Promise<number | null>;
}

/** Runs the server to its end. @returns its exit code and what it wrote to standard error */
export async function runServer(environment: Readonly<Record<string, string>>): Promise<[number | null, string]> {
  const child = spawnServer(tmpdir(), environment);
  let text = '';
  child.stderr?.on('data', (piece) => (text += piece));
  await once(child, 'close');
  return [child.exitCode, text];
}

/** Starts a server on a free port and waits until it listens. */
export async function startServer(
  environment: Readonly<Record<string, string>>,
  folder: string = inputFolder(),
): Promise<ServerProcess> {
  const child = spawnServer(folder, { TABWRIGHT_PORT: '0', ...environment });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (text += piece));
  const log = () =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const address = () => /"Server listening at (http:[^"]*)"/.exec(text)?.[1];
  for (const limit = Date.now() + START_MS; address() === undefined; await wait(20)) {
    if (child.exitCode !== null || Date.now() > limit) throw new Error(`the server did not start: ${text}`);
  }
  const stop = async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'close');
    return child.exitCode;
  };
  return { origin: address() ?? '', folder, child, log, stop };
}

/** Trains a model of churn.csv by the recipe of the server, and waits until it is registered. */
export async function trainChurn(origin: string, how: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const params = { file: 'churn.csv', name: 'churn', target: 'churned', positive: 'yes', folds: 2, ...how };
  const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' };
  const body = JSON.stringify({ recipe: 'file', params });
  const answer = await fetch(`${origin}/admin/train`, { method: 'POST', headers, body });
  const { id } = (await answer.json()) as { id: string };
  await until(async () => {
    const job = (await (await fetch(`${origin}/admin/jobs/${id}`, { headers })).json()) as { state: string };
    if (job.state === 'failed') throw new Error(JSON.stringify(job));
    return job.state === 'done';
  });
}

/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const limit = Date.now() + PATIENCE_MS; !(await isSo()); await wait(50)) {
    if (Date.now() > limit) throw new Error('it did not come to be');
  }
}

/** A folder with `input/churn.csv` in it. */
export function inputFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabwright-server-'));
  mkdirSync(join(folder, 'input'));
  writeFileSync(join(folder, 'input/churn.csv'), churn());
  return folder;
}

/** Removes the folder of a server that has ended. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function spawnServer(cwd: string, environment: Readonly<Record<string, string>>): ChildProcess {
  const program = resolve('examples/server/main.js');
  return spawn(process.execPath, [program], { cwd, env: { PATH: process.env.PATH, ...environment } });
}

/** Customers who leave the more often the less they come by. */
function churn(): string {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const visits = (i * 7) % 30;
    return `${18 + (i % 60)},${i % 3 === 0 ? 'pro' : 'free'},${visits},${visits + ((i * 11) % 13) < 20 ? 'yes' : 'no'}`;
  });
  return ['age,plan,visits,churned', ...rows].join('\n');
}
