import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerProcess } from './server-process.js';
import {
  ADMIN_KEY,
  API_KEYS,
  PREDICT_KEY,
  removeFolder,
  runServer,
  startServer,
  trainChurn,
  until,
} from './server-process.js';

const ROW = { age: 31, plan: 'free', visits: 2 };
const TRAINING = { file: 'churn.csv', name: 'churn', target: 'churned', positive: 'yes', folds: 2 };
const ENVIRONMENT = { TABWRIGHT_MODELS: 'churn@champion', TABWRIGHT_API_KEYS: API_KEYS, TABWRIGHT_FOLLOW_SECONDS: '1' };

describe('the settings of the reference server', () => {
  test('are refused with every problem at once, in words that show no value', async () => {
    const [exitCode, text] = await runServer({
      TABWRIGHT_MODELS: 'churn@champion,churn/2',
      TABWRIGHT_MODEL: 'churn',
      TABWRIGHT_API_KEYS: 'operations:admin:secret',
      TABWRIGHT_PORT: '99999',
      TABWRIGHT_LOG_LEVEL: 'loud',
      TABWRIGHT_REGISTRY: 'mlflow',
    });
    expect(exitCode).toBe(2);
    expect(text.split('\n').slice(1, -1)).toEqual([
      '  TABWRIGHT_MODEL: is no variable of this server; did you mean TABWRIGHT_MODELS?',
      '  TABWRIGHT_MODELS: must not name a model twice',
      expect.stringMatching(/^ {2}TABWRIGHT_API_KEYS: .*16/),
      '  TABWRIGHT_PORT: must be a whole number from 0 to 65535',
      '  TABWRIGHT_LOG_LEVEL: must be one of debug, info, warn, error, silent',
      '  MLFLOW_TRACKING_URI: must be set where TABWRIGHT_REGISTRY is mlflow',
    ]);
    expect(text).not.toMatch(/secret|99999|loud/);
  });

  test('must say who may call', async () => {
    const [exitCode, text] = await runServer({ TABWRIGHT_MODELS: 'churn', TABWRIGHT_API_KEYS: '' });
    expect([exitCode, text]).toEqual([2, expect.stringContaining('TABWRIGHT_API_KEYS: must be set, or else')]);
  });

  test('stand in .env.example, each of them', () => {
    const names = (file: string) =>
      new Set(
        readFileSync(`examples/server/${file}`, 'utf8').match(/\bTABWRIGHT_[A-Z_]+(?=[:=])|\bMLFLOW_\w+(?=[:=])/g),
      );
    expect(names('.env.example')).toEqual(names('settings.js'));
  });
});

describe('the reference server', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServer(ENVIRONMENT);
  });
  afterAll(async () => {
    await server.stop();
    removeFolder(server.folder);
  });

  const ask = (path: string, key?: string, body?: unknown) =>
    fetch(`${server.origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(key === undefined ? {} : { 'x-api-key': key }), 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });

  test('lives without a model, and says that it is not ready', async () => {
    expect((await ask('/health/live')).status).toBe(200);
    expect((await ask('/health')).status).toBe(503);
    expect((await ask('/predict', PREDICT_KEY, ROW)).status).toBe(503);
  });

  test('trains by recipe, picks the model up by its alias and follows it', async () => {
    await trainChurn(server.origin, { model: 'logistic' });
    await becomes(1);
    const answer = await ask('/predict', PREDICT_KEY, ROW);
    expect(await answer.json()).toMatchObject({ model: 'churn', version: 1, label: 'yes' });
    await trainChurn(server.origin, { model: 'lightgbm', params: { numIterations: 10 } });
    const moved = await fetch(`${server.origin}/admin/models/churn/aliases/champion`, {
      method: 'PUT',
      headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ version: 2, reason: 'better' }),
    });
    expect(moved.status).toBe(200);
    await becomes(2);
  });

  test('refuses recipes with parameters that they do not have, and files outside the input folder', async () => {
    for (const params of [{}, { ...TRAINING, file: '../secret.csv' }, { ...TRAINING, folds: '5' }]) {
      const answer = await ask('/admin/train', ADMIN_KEY, { recipe: 'file', params });
      expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'REQUEST_INVALID' })]);
    }
  });

  test('profiles a file, counts, and logs one line an answer without what was sent', async () => {
    const profiled = await fetch(`${server.origin}/eda/profile`, {
      method: 'POST',
      headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'text/csv' },
      body: 'age,plan\n31,free\n32,pro\n',
    });
    expect([profiled.status, profiled.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const metrics = await (await ask('/metrics')).text();
    expect(metrics).toMatch(/^tabwright_predicted_rows_total\{model="churn"\} 1$/m);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds/m);
    await ask('/predict?hidden=1', PREDICT_KEY, { ...ROW, plan: 'hidden' });
    await until(async () => server.log().filter(({ route }) => route === '/predict').length === 3);
    expect(JSON.stringify(server.log())).not.toContain('hidden');
  });

  test('measures drift', async () => {
    const drift = await ask('/monitoring/drift', ADMIN_KEY);
    expect([drift.status, await drift.json()]).toEqual([
      200,
      expect.objectContaining({ isDrifted: expect.any(Boolean) }),
    ]);
  });

  test('takes truths, tells what the model is worth, and takes its predictions up again after a restart', async () => {
    const { id } = (await (await ask('/predict', PREDICT_KEY, ROW)).json()) as { id: string };
    await wait(300);
    await server.stop();
    server = await startServer(ENVIRONMENT, server.folder);
    await becomes(2);
    const joined = await ask('/feedback', PREDICT_KEY, [{ id, truth: 'yes' }]);
    expect(await joined.json()).toMatchObject({ joined: 1 });
    const performance = await (await ask('/monitoring/performance', ADMIN_KEY)).json();
    expect(JSON.stringify(performance)).toContain('"joined":1');
  });

  test('answers what is under way after SIGTERM, then ends with code 0', async () => {
    const answer = new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'x-api-key': PREDICT_KEY, 'content-type': 'application/json' };
      const slow = request(`${server.origin}/predict`, { method: 'POST', headers });
      slow.once('response', ({ statusCode }) => resolve(statusCode)).once('error', reject);
      slow.write(JSON.stringify(ROW).slice(0, 10));
      setTimeout(() => slow.end(JSON.stringify(ROW).slice(10)), 500);
    });
    await wait(200);
    const ended = server.stop();
    expect(await answer).toBe(200);
    expect(await ended).toBe(0);
    expect(server.log().at(-1)).toMatchObject({ msg: 'stopped' });
  });

  async function becomes(version: number): Promise<void> {
    const served = { status: 'ok', models: { churn: { model: 'churn', version } } };
    await until(async () => JSON.stringify(await (await ask('/health')).json()) === JSON.stringify(served));
  }
});
