import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as client from 'prom-client';
import { afterAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/core/error-codes.js';
import { prometheusMetrics } from '../../src/prometheus/prometheus-metrics.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { servingOptions } from '../../src/serving/serving-options.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { broken, penguin, prospect } from '../adapters/models.js';
import type { Answered } from './ask.js';
import { ask, askJson } from './ask.js';

type Plain = Omit<ServingOptions, 'predictors'>;

const predictors = { prospect: prospect(), penguin: penguin(), broken: broken() };
const routesWith = (options: Plain = {}) => createRoutes({ predictors, generateRequestId: () => 'made', ...options });
const row = { plan: 'pro' };
const folder = mkdtempSync(join(tmpdir(), 'tabwright-routes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function askCsv(options: Plain, text: string) {
  const headers = { 'content-type': 'text/csv', accept: 'application/json' };
  return ask(routesWith(options), {
    method: 'POST',
    path: '/predict/batch/prospect',
    headers,
    body: Buffer.from(text),
  });
}

/** What each option other than its default changes. */
const EFFECTS: Record<keyof typeof servingOptions.specs, readonly [Plain, (options: Plain) => unknown]> = {
  defaultModel: [{ defaultModel: 'prospect' }, (options) => outcome(askJson(routesWith(options), '/predict', row))],
  bodyLimitBytes: [{ bodyLimitBytes: 5 }, (options) => outcome(askJson(routesWith(options), '/predict/prospect', row))],
  batchBodyLimitBytes: [
    { batchBodyLimitBytes: 5 },
    (options) => outcome(askJson(routesWith(options), '/predict/batch/prospect', [row])),
  ],
  maxBatchRows: [
    { maxBatchRows: 1 },
    (options) => outcome(askJson(routesWith(options), '/predict/batch/prospect', [row, row])),
  ],
  streamBodyLimitBytes: [{ streamBodyLimitBytes: 5 }, (options) => outcome(askCsv(options, 'plan\npro\n'))],
  maxStreamRows: [{ maxStreamRows: 1 }, (options) => outcome(askCsv(options, 'plan\npro\npro\n'))],
  uploadLimitBytes: [
    { uploadLimitBytes: 3 },
    (options) => {
      const routes = routesWith({ ...options, auth: 'none', artifacts: mkdtempSync(join(folder, 'a-')) });
      const headers = { 'content-type': 'text/csv' };
      return outcome(ask(routes, { method: 'POST', path: '/eda/profile', headers, body: Buffer.from('x,y\n1\n') }));
    },
  ],
  rateLimitPerSecond: [{ rateLimitPerSecond: 0.001 }, twoAnswers],
  rateLimitBurst: [{ rateLimitBurst: 1 }, (options) => twoAnswers({ rateLimitPerSecond: 2, ...options })],
  maxEventLoopDelayMs: [
    { maxEventLoopDelayMs: 1 },
    async (options) => {
      let now = 0;
      const routes = routesWith({ ...options, clock: () => (now += 1000) });
      await setTimeout(50);
      const until = performance.now() + 300;
      while (performance.now() < until);
      await setTimeout(50);
      return outcome(askJson(routes, '/predict/prospect', row));
    },
  ],
  requestIdHeader: [
    { requestIdHeader: 'X-Correlation-Id' },
    async (options) =>
      (await askJson(routesWith(options), '/predict/prospect', row, { 'x-correlation-id': 'own' })).headers,
  ],
  health: [{ health: false }, (options) => routesWith(options).map(({ path }) => path)],
  mlflow: [{ mlflow: true }, (options) => routesWith(options).map(({ path }) => path)],
  openInference: [{ openInference: true }, (options) => routesWith(options).map(({ path }) => path)],
  metricsScope: [
    { metricsScope: 'none' },
    (options) => {
      const metrics = prometheusMetrics({ client, registry: new client.Registry() });
      return routesWith({ metrics, ...options }).map(({ path }) => path);
    },
  ],
  docs: [{ docs: false }, (options) => routesWith(options).map(({ path }) => path)],
  openapi: [{ openapi: false }, (options) => routesWith(options).map(({ path }) => path)],
  title: [
    { title: 'Scores' },
    async (options) => (await ask(routesWith(options), { method: 'GET', path: '/openapi.json' })).body,
  ],
  unexpectedErrors: [
    { unexpectedErrors: 'host' },
    (options) => outcome(askJson(routesWith(options), '/predict/broken', { x: 1 })),
  ],
};

/** The outcomes of a request and of the same again. */
async function twoAnswers(options: Plain): Promise<unknown[]> {
  const routes = routesWith({ clock: () => 0, ...options });
  const answers = [];
  for (let i = 0; i < 2; i++) answers.push(await outcome(askJson(routes, '/predict/prospect', row)));
  return answers;
}

/** Status and code of an answer, or the message of what was thrown. */
function outcome(answer: Promise<Answered>): Promise<unknown> {
  return answer.then(
    ({ status, body }) => [status, JSON.parse(body).code],
    (error: Error) => error.message,
  );
}

describe('createRoutes', () => {
  test.each(Object.keys(servingOptions.specs))('option %s changes what is answered', async (name) => {
    const [options, effect] = EFFECTS[name as keyof typeof EFFECTS];
    expect(await effect(options)).not.toEqual(await effect({}));
  });

  test.each<[string, Plain & Record<string, unknown>, ErrorCode]>([
    ['an unknown option', { bodyLimit: 5 }, 'OPTION_UNKNOWN'],
    ['a limit of nothing', { maxBatchRows: 0 }, 'OPTION_INVALID'],
    ['a default model that is not served', { defaultModel: 'nobody' }, 'OPTION_INVALID'],
    ['two ways to authorize', { auth: 'none', authorize: () => undefined }, 'OPTION_INVALID'],
    ['a burst without a rate', { rateLimitBurst: 3 }, 'OPTION_INVALID'],
    ['recipes that nothing can run', { auth: 'none', recipes: {} }, 'OPTION_INVALID'],
    ['a header that can be none', { requestIdHeader: 'request id' }, 'OPTION_INVALID'],
    ['a model named like a route', { predictors: { batch: prospect() } }, 'NAME_INVALID'],
    ['a model name that paths cannot hold', { predictors: { 'a/b': prospect() } }, 'NAME_INVALID'],
  ])('refuses %s', (_what, options, code) => {
    expect(() => routesWith(options)).toThrow(expect.objectContaining({ code }));
  });

  test('declares every path once a method, words before names', () => {
    const paths = routesWith().map(({ method, path }) => `${method} ${path}`);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.indexOf('POST /predict/batch')).toBeLessThan(paths.indexOf('POST /predict/:model'));
  });

  test('asks a client to name one of several models', async () => {
    const { status, body } = await askJson(routesWith(), '/predict', row);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'MODEL_NOT_FOUND', detail: expect.stringContaining('3 models') });
  });

  test('answers with the version that is served at that moment', async () => {
    const predictor = stubPredictor();
    const routes = createRoutes({ predictors: { predictor } });
    const version = async () => JSON.parse((await askJson(routes, '/predict', { x: 1 })).body).version;
    expect(await version()).toBe(1);
    await predictor.reload();
    expect(await version()).toBe(2);
  });

  test.each(['/health', '/health/ready'])('%s is not ready with no model, or while the host says so', async (path) => {
    let wanted = true;
    const served = createRoutes({ predictors, isReady: () => wanted });
    expect((await ask(served, { method: 'GET', path })).status).toBe(200);
    wanted = false;
    expect((await ask(served, { method: 'GET', path })).status).toBe(503);
    expect((await ask(createRoutes({ predictors: {} }), { method: 'GET', path })).status).toBe(503);
    expect((await ask(served, { method: 'GET', path: '/health/live' })).status).toBe(200);
  });

  test('makes ids of its own that differ', async () => {
    const routes = createRoutes({ predictors });
    const ids = await Promise.all(Array.from({ length: 20 }, () => askJson(routes, '/predict/prospect', row)));
    expect(new Set(ids.map(({ headers }) => headers['x-request-id'])).size).toBe(20);
  });
});

describe('a large batch', () => {
  test.each([
    ['application/json', JSON.stringify(Array(1000).fill(row))],
    ['text/csv', `plan\n${'pro\n'.repeat(1000)}`],
  ])('of %s lets other work have its turn twice', async (type, text) => {
    const headers = { 'content-type': type };
    const asked = { method: 'POST', path: '/predict/batch/prospect', headers, body: Buffer.from(text) } as const;
    await ask(routesWith(), asked);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const { status } = await ask(routesWith(), asked);
    clearImmediate(timer);
    expect(status).toBe(200);
    expect(turns).toBeGreaterThanOrEqual(2);
  });
});
