// The image as it is run: by its own user, on a root that is read-only, with nothing in it that a server does not need.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, API_KEYS, inputFolder, PREDICT_KEY, removeFolder } from '../examples/server-process.js';
import { describeGiven } from './describe-given.js';
import { imageEngine } from './image-engine.js';
import { freePort } from './mlflow-server.js';

const TAG = 'tabwright:test';
const PATIENCE_MS = 30_000;
const STOP_MS = 2000;
const ROW = { age: 31, plan: 'free', visits: 2 };
const TRAINING = { file: 'churn.csv', name: 'churn', target: 'churned', positive: 'yes', model: 'logistic' };
const needs = "Docker's engine, or a builder in TABWRIGHT_IMAGE_BUILDER";

describeGiven('the image', { given: imageEngine(), needs }, (engine) => {
  const folder = inputFolder();
  const headers = (key: string) => ({ 'x-api-key': key, 'content-type': 'application/json' });
  let environment: Record<string, string> = {};
  let origin = '';
  let server: ChildProcess;

  beforeAll(async () => {
    engine.build('.', TAG);
    const port = await freePort();
    origin = `http://127.0.0.1:${port}/ml`;
    environment = {
      TABWRIGHT_HOST: '127.0.0.1',
      TABWRIGHT_PORT: String(port),
      TABWRIGHT_PREFIX: '/ml',
      TABWRIGHT_MODELS: 'churn',
      TABWRIGHT_API_KEYS: API_KEYS,
      TABWRIGHT_FOLLOW_SECONDS: '1',
    };
    server = engine.start({ tag: TAG, folder, environment });
    await becomes('/health/live', 200);
  });
  afterAll(async () => {
    if (server.exitCode === null && server.kill('SIGKILL')) await once(server, 'close');
    engine.clean();
    removeFolder(folder);
  });

  async function becomes(path: string, status: number): Promise<void> {
    const ask = () =>
      fetch(`${origin}${path}`).then(
        (answer) => answer.status,
        () => 0,
      );
    for (const limit = Date.now() + PATIENCE_MS; (await ask()) !== status; await wait(100)) {
      if (Date.now() > limit) throw new Error(`${path} is not answered with ${status}`);
    }
  }

  /** Runs a command in a container of its own. @returns its exit code and what it wrote */
  async function inside(...command: string[]): Promise<[number | null, string]> {
    const child = engine.start({ tag: TAG, folder, environment, command });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (text += piece));
    await once(child, 'close');
    return [child.exitCode, text];
  }

  test('is run by user 1000, on a root that it cannot write to', async () => {
    expect(engine.config(TAG).User).toBe('1000:1000');
    expect(await inside('id', '-u')).toEqual([0, '1000\n']);
    for (const place of ['/app', '/tmp', '/input']) {
      const [exitCode, text] = await inside('touch', `${place}/new`);
      expect([exitCode, text], place).toEqual([1, expect.stringContaining('Read-only file system')]);
    }
  });

  test('trains, registers and predicts, with its data folder alone to write to', async () => {
    await becomes('/health', 503);
    const body = JSON.stringify({ recipe: 'file', params: TRAINING });
    const taken = await fetch(`${origin}/admin/train`, { method: 'POST', headers: headers(ADMIN_KEY), body });
    expect(taken.status).toBe(202);
    await becomes('/health', 200);
    const asked = { method: 'POST', headers: headers(PREDICT_KEY), body: JSON.stringify(ROW) };
    expect(await (await fetch(`${origin}/predict`, asked)).json()).toMatchObject({ model: 'churn', version: 1 });
    const csv = {
      method: 'POST',
      headers: { ...headers(ADMIN_KEY), 'content-type': 'text/csv' },
      body: 'age\n31\n32\n',
    };
    expect((await fetch(`${origin}/eda/profile`, csv)).status).toBe(200);
    expect(await inside('stat', '-c', '%u', '/data/models/churn')).toEqual([0, '1000\n']);
  });

  test('checks its own health', async () => {
    const [how, ...command] = engine.config(TAG).Healthcheck.Test;
    expect(how).toBe('CMD');
    expect(await inside(...command)).toEqual([0, '']);
    environment = { ...environment, TABWRIGHT_PORT: '1' };
    expect((await inside(...command))[0]).toBe(1);
  });

  test('holds the server, the library and what they need, and no sources or tools', async () => {
    const [, text] = await inside('find', '/app', '-type', 'f', '!', '-path', '*/node_modules/*');
    const folders = text
      .trim()
      .split('\n')
      .map((path) => path.split('/')[2]);
    expect(new Set(folders)).toEqual(new Set(['package.json', 'dist', 'server']));
    const [, sources] = await inside('find', '/app', '-name', '*.ts', '-o', '-name', '*.map');
    expect(sources).toBe('');
    const [, packages] = await inside('ls', '/app/node_modules');
    expect(packages).toMatch(/^fastify$/m);
    expect(packages).not.toMatch(/^(typescript|vitest|tsup|esbuild|@biomejs|@types)$/m);
  });

  test('stops within two seconds of SIGTERM, with code 0', async () => {
    const started = performance.now();
    server.kill('SIGTERM');
    await once(server, 'close');
    expect(server.exitCode).toBe(0);
    expect(performance.now() - started).toBeLessThan(STOP_MS);
  });
});
