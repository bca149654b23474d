// Everything at once: predictions beside a training and a profile of a million rows; and for minutes, with model swaps, workers that are
// killed, and a client that reads slowly. SOAK_MINUTES sets how many, 10 where absent.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { childServer } from '../peers/child-server.js';
import { type Child, childStarter } from '../registry/start-child.js';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 10);
const N_ROWS = 1_000_000;
const N_CLIENTS = 8;
const SLOW_ROWS = 10_000;
/** After as many, the slow client pauses. */
const SLOW_BYTES = 16_384;
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

let folder = '';
const children: Child[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabwright-mixed-'));
});
afterEach(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  for (const child of children.splice(0)) await child.ended;
  rmSync(folder, { recursive: true, force: true });
});

async function program(name: string) {
  const start = await childStarter(folder, new URL(`./${name}.ts`, import.meta.url));
  return async (...args: readonly string[]) => {
    const child = start(...args);
    children.push(child);
    const [line] = (await child.started) as [Buffer];
    return { child, said: JSON.parse(String(line)) };
  };
}

/** Sends JSON, and gives status and parsed body. */
async function send(origin: string, method: string, path: string, body?: object) {
  const headers = new Headers(body === undefined ? [] : [['content-type', 'application/json']]);
  const response = await fetch(origin + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Clients that each send their next row when they have their answer, until the signal. */
async function predicting(origin: string, signal: AbortSignal) {
  const agent = new Agent({ keepAlive: true, maxSockets: N_CLIENTS });
  const answers = { sent: 0, ok: 0, lost: [] as string[] };
  const client = async () => {
    while (!signal.aborted) {
      answers.sent += 1;
      const status = await predictOnce(origin, agent).catch((error: Error) => error.message);
      if (status === 200) answers.ok += 1;
      else answers.lost.push(String(status));
      await wait(2);
    }
  };
  await Promise.all(Array.from({ length: N_CLIENTS }, client));
  agent.destroy();
  return answers;
}

function predictOnce(origin: string, agent: Agent): Promise<number | undefined> {
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/predict`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end('{"x":31}');
  });
}

/** Reads a long answer piece by piece, slower than it is made; gives how many rows came. */
async function readSlowly(origin: string): Promise<number> {
  const body = Array.from({ length: SLOW_ROWS }, (_, i) => `{"x":${i % 100}}\n`).join('');
  const headers = { 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${origin}/predict/batch`, { method: 'POST', headers, body });
  let nRows = 0;
  let nBytes = 0;
  for await (const piece of Readable.fromWeb(response.body as never, { highWaterMark: 1 })) {
    nRows += String(Buffer.from(piece)).split('\n').length - 1;
    nBytes += piece.length;
    if (nBytes < SLOW_BYTES) continue;
    nBytes = 0;
    await wait(50);
  }
  return nRows;
}

async function jobEnded(origin: string, id: string) {
  for (;;) {
    const { body } = await send(origin, 'GET', `/admin/jobs/${id}`);
    if (['done', 'failed', 'cancelled'].includes(body.state)) return body;
    await wait(200);
  }
}

/** A million rows of ten numbers and a target. */
async function writeRows(file: string): Promise<void> {
  function* lines() {
    yield `${Array.from({ length: 10 }, (_, i) => `f${i}`).join()},y\n`;
    for (let start = 0; start < N_ROWS; start += 1000) {
      let text = '';
      for (let i = start; i < start + 1000; i++) {
        const cells = Array.from({ length: 10 }, (_, k) => (i * (2 * k + 7919)) % (1009 + k));
        text += `${cells.join()},${Number((cells[0] as number) + (cells[1] as number) > 1000)}\n`;
      }
      yield text;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

test('a training and a profile of a million rows delay predictions by less than 50 ms', async () => {
  const rows = join(folder, 'rows.csv');
  await writeRows(rows);
  const { said } = await (await program('mixed-server'))(folder);
  const { origin } = said;
  const ending = new AbortController();
  const answered = predicting(origin, ending.signal);
  await wait(1000);
  await send(origin, 'DELETE', '/delay');
  const training = await send(origin, 'POST', '/admin/train', { recipe: 'large' });
  const headers = { 'content-type': 'text/csv', prefer: 'respond-async', accept: 'application/json' };
  const upload = { method: 'POST', headers, body: Readable.toWeb(createReadStream(rows)), duplex: 'half' };
  const profile = await fetch(`${origin}/eda/profile`, upload as RequestInit);
  const profileJob = await profile.json();
  for (const { id } of [training.body, profileJob]) expect(await jobEnded(origin, id)).toMatchObject({ state: 'done' });
  const { body: delay } = await send(origin, 'GET', '/delay');
  ending.abort();
  const { sent, ok, lost } = await answered;
  console.log(`event loop delay: p99 ${delay.p99Ms} ms, longest ${delay.maxMs} ms; ${sent} predictions`);
  expect(lost).toEqual([]);
  expect(ok).toBe(sent);
  expect(delay.p99Ms).toBeLessThan(50);
});

test.skipIf(!hasRedis)(`no request is lost in ${MINUTES} minutes of mixed load (needs redis-server)`, async () => {
  const redis = await childServer((port) => [
    'redis-server',
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
  ]);
  const queue = [folder, String(redis.port), 'mixed'] as const;
  const { said } = await (await program('mixed-server'))(...queue);
  const { origin } = said;
  const startWorker = await program('mixed-worker');
  let worker = await startWorker(...queue);
  const ending = new AbortController();
  const { signal } = ending;
  const answered = predicting(origin, signal);
  const jobs: string[] = [];
  const swaps: number[] = [];
  const counts = { slow: 0, kills: 0 };
  const every = async (ms: number, work: (turn: number) => Promise<void>) => {
    for (let turn = 0; !signal.aborted; turn++) {
      await wait(ms);
      await work(turn);
    }
  };
  const load = [
    every(1000, async (turn) => {
      const change = { version: 1 + (turn % 2), reason: 'soak' };
      swaps.push((await send(origin, 'PUT', '/admin/models/served/aliases/champion', change)).status);
      swaps.push((await send(origin, 'POST', '/admin/models/served/reload', {})).status);
    }),
    every(2000, async () => {
      const { status, body } = await send(origin, 'POST', '/admin/train', { recipe: 'small' });
      expect(status).toBe(202);
      jobs.push(body.id);
    }),
    every(20_000, async () => {
      const { body } = await send(origin, 'POST', '/admin/train', { recipe: 'small' });
      jobs.push(body.id);
      // In the midst of this job, most of the time.
      while ((await send(origin, 'GET', `/admin/jobs/${body.id}`)).body.state === 'waiting') await wait(5);
      worker.child.process.kill('SIGKILL');
      counts.kills += 1;
      worker = await startWorker(...queue);
    }),
    every(0, async () => {
      expect(await readSlowly(origin)).toBe(SLOW_ROWS);
      counts.slow += 1;
    }),
  ];
  await wait(MINUTES * 60_000);
  ending.abort();
  const [{ sent, ok, lost }] = await Promise.all([answered, ...load]);
  const ended = await Promise.all(jobs.map((id) => jobEnded(origin, id)));
  const attempts = ended.map((job) => job.attempts);
  const again = attempts.filter((count) => count > 1).length;
  console.log(
    `${sent} predictions, ${swaps.length / 2} swaps, ${jobs.length} jobs, ${again} of them taken over, ${JSON.stringify(counts)}`,
  );
  expect(lost).toEqual([]);
  expect(ok).toBe(sent);
  expect(swaps.every((status) => status === 200)).toBe(true);
  expect(ended.map(({ state }) => state)).toEqual(jobs.map(() => 'done'));
  // One version a job, whatever ended in between.
  const { body } = await send(origin, 'GET', '/admin/models/trained');
  expect(body.versions.length).toBe(jobs.length);
  await redis.stop();
});
