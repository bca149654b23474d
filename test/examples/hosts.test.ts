// The example apps as they stand: each answers its own route, and predicts, profiles and trains beside it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';

const ML_KEY = 'k'.repeat(20);
const folder = mkdtempSync(join(tmpdir(), 'tabwright-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sends a request, and gives status and text. */
type Ask = (path: string, body?: string, type?: string) => Promise<{ status: number; text: string }>;

interface Host {
  readonly ask: Ask;
  close(): Promise<unknown>;
}

/** Starts an app as a process of its own, which prints where it listens. */
async function startApp(name: string): Promise<Host> {
  const env = { ...process.env, DATA: join(folder, name), ML_KEY, PORT: '0' };
  const child = spawn(process.execPath, [resolve(`examples/${name}/main.js`)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const [line] = await Promise.race([once(child.stdout, 'data'), closed]);
  const origin = String(line).trim();
  return {
    async ask(path, body, type = 'application/json') {
      const headers = { 'x-api-key': ML_KEY, ...(body === undefined ? {} : { 'content-type': type }) };
      const method = body === undefined ? 'GET' : 'POST';
      const response = await fetch(origin + path, { method, headers, body: body ?? null });
      return { status: response.status, text: await response.text() };
    },
    close() {
      child.kill();
      return closed;
    },
  };
}

/** Imports the function, and sends it what a function URL sends. */
async function startFunction(): Promise<Host> {
  vi.stubEnv('DATA', join(folder, 'lambda')).stubEnv('ML_KEY', ML_KEY);
  const { handler } = await import(pathToFileURL(resolve('examples/lambda/main.js')).href);
  return {
    async ask(rawPath, body, type = 'application/json') {
      const { statusCode, body: text } = await handler({
        version: '2.0',
        rawPath,
        rawQueryString: '',
        headers: { 'x-api-key': ML_KEY, 'content-type': type },
        requestContext: { http: { method: body === undefined ? 'GET' : 'POST' } },
        ...(body === undefined ? {} : { body, isBase64Encoded: false }),
      });
      return { status: statusCode, text };
    },
    close: async () => {},
  };
}

const HOSTS: Readonly<Record<string, () => Promise<Host>>> = {
  express: () => startApp('express'),
  fastify: () => startApp('fastify'),
  lambda: startFunction,
};

describe.each(Object.entries(HOSTS))('examples/%s', (_name, start) => {
  test('answers its own route, and predicts, profiles and trains beside it', async () => {
    const { ask, close } = await start();
    expect(JSON.parse((await ask('/customers/7')).text)).toEqual({ id: '7', plan: 'pro', visits: 12 });
    const row = JSON.stringify({ visits: 12, plan: 'pro', lastSeenDays: null });
    expect(JSON.parse((await ask('/ml/predict', row)).text)).toMatchObject({ model: 'returns', version: 1 });
    const page = await ask('/ml/eda/profile', readFileSync('examples/visits.csv', 'utf8'), 'text/csv');
    expect([page.status, page.text.slice(0, 15)]).toEqual([200, '<!doctype html>']);
    const taken = await ask('/ml/admin/train', JSON.stringify({ recipe: 'returns', params: { l2: 0.1 } }));
    expect(taken.status).toBe(202);
    const { id } = JSON.parse(taken.text);
    const job = async () => JSON.parse((await ask(`/ml/admin/jobs/${id}`)).text);
    await vi.waitFor(async () => expect(await job()).toMatchObject({ state: 'done', result: { version: 2 } }), 20_000);
    await close();
  });
});
