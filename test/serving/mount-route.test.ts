import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/core/error-codes.js';
import type { Logger } from '../../src/core/logger.js';
import type { MetricDescription, MetricLabels, Metrics } from '../../src/core/metrics.js';
import { TabwrightError } from '../../src/core/tabwright-error.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { broken, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

interface Line {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A logger that keeps its lines. */
function linesLogger(lines: Line[], bound: object = {}): Logger {
  const method = (level: string) => (fields: object | string, message?: string) =>
    lines.push({
      ...bound,
      ...(typeof fields === 'string' ? {} : fields),
      level,
      message: typeof fields === 'string' ? fields : (message ?? ''),
    });
  return {
    debug: method('debug'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
    child: (fields) => linesLogger(lines, { ...bound, ...fields }),
  };
}

/** A backend that keeps every observation as [name, labels, value]. */
function keptMetrics(kept: unknown[]): Metrics {
  const instrument =
    ({ name, labels: names }: MetricDescription) =>
    (labels: MetricLabels, value = 1) => {
      expect(Object.keys(labels).sort()).toEqual([...names].sort());
      kept.push([name, labels, value]);
    };
  return { counter: instrument, gauge: instrument, histogram: instrument };
}

const predictors = { prospect: prospect(), broken: broken() };

describe('mountRoute', () => {
  test('logs a refused request with its id and code, and no value of it', async () => {
    const lines: Line[] = [];
    const routes = createRoutes({ predictors, logger: linesLogger(lines) });
    await askJson(routes, '/predict/prospect', { age: 'hunter2', plan: 'pro' }, { 'x-request-id': 'id-1' });
    await ask(routes, {
      method: 'POST',
      path: '/predict/prospect',
      headers: { 'content-type': 'application/json', 'x-request-id': 'id-2' },
      body: Buffer.from('{"age": hunter2}'),
    });
    expect(lines).toMatchObject([
      { level: 'info', requestId: 'id-1', route: 'predictModel', code: 'VALIDATION_FAILED' },
      { level: 'info', requestId: 'id-2', route: 'predictModel', code: 'REQUEST_INVALID' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  test('logs an unexpected failure with its cause', async () => {
    const lines: Line[] = [];
    const routes = createRoutes({ predictors, logger: linesLogger(lines) });
    await askJson(routes, '/predict/broken', { x: 1 }, { 'x-request-id': 'id-3' });
    expect(lines).toMatchObject([{ level: 'error', requestId: 'id-3', code: 'INTERNAL' }]);
    expect(lines).toHaveProperty('0.err.cause.message', expect.stringContaining('row 4711'));
  });

  test('logs nothing where all is well', async () => {
    const lines: Line[] = [];
    await askJson(createRoutes({ predictors, logger: linesLogger(lines) }), '/predict/prospect', { plan: 'pro' });
    expect(lines).toEqual([]);
  });

  test('leaves an unexpected failure to the host where asked to, as it is, and answers the others', async () => {
    const lines: Line[] = [];
    const routes = createRoutes({ predictors, logger: linesLogger(lines), unexpectedErrors: 'host' });
    await expect(askJson(routes, '/predict/broken', { x: 1 })).rejects.toThrow('row 4711');
    expect(lines).toEqual([]);
    expect((await askJson(routes, '/predict/prospect', {})).status).toBe(422);
  });

  test('observes durations in seconds by route, method and status, and rows by model', async () => {
    const kept: unknown[] = [];
    let now = 0;
    const clock = () => {
      now += 250;
      return now;
    };
    const routes = createRoutes({ predictors, metrics: keptMetrics(kept), clock });
    await askJson(routes, '/predict/prospect', { plan: 'pro' });
    await askJson(routes, '/predict/batch/prospect', [{ plan: 'pro' }, { plan: 'pro' }]);
    await askJson(routes, '/predict/prospect', {});
    await ask(routes, { method: 'GET', path: '/health' });
    const duration = (route: string, method: string, status: string) => [
      'http_request_duration_seconds',
      { route, method, status },
      0.25,
    ];
    expect(kept).toEqual([
      ['predicted_rows_total', { model: 'prospect' }, 1],
      duration('predictModel', 'POST', '200'),
      ['predicted_rows_total', { model: 'prospect' }, 2],
      ['predict_batch_rows', { model: 'prospect' }, 2],
      duration('predictBatchModel', 'POST', '200'),
      duration('predictModel', 'POST', '422'),
      duration('health', 'GET', '200'),
    ]);
  });

  test('counts a failure that goes to the host', async () => {
    const kept: unknown[] = [];
    const options = { metrics: keptMetrics(kept), unexpectedErrors: 'host', clock: () => 0 } as const;
    await expect(askJson(createRoutes({ predictors, ...options }), '/predict/broken', { x: 1 })).rejects.toThrow();
    expect(kept).toEqual([['http_request_duration_seconds', expect.objectContaining({ status: '500' }), 0]]);
  });

  test('refuses a body by its announced length, without waiting for it', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '2000000' };
    const body = new PassThrough();
    const { status } = await ask(createRoutes({ predictors }), {
      method: 'POST',
      path: '/predict/prospect',
      headers,
      body,
    });
    expect([status, body.readableFlowing]).toEqual([413, null]);
  });

  test('says no more than the code where the server failed', async () => {
    const predictor = stubPredictor({
      score: () => {
        throw new TabwrightError('STORAGE_FAILED', 'models: /srv/private could not be read');
      },
    });
    const { status, body } = await askJson(createRoutes({ predictors: { predictor } }), '/predict', { x: 1 });
    expect([status, JSON.parse(body).detail]).toEqual([500, ERROR_CODES.STORAGE_FAILED.doc]);
    expect(body).not.toContain('private');
  });

  test('answers with the status of an error that another copy of the package made', async () => {
    const error = Object.assign(new Error('a foreign message'), { code: 'OVERLOADED', status: 429, problems: [] });
    const predictor = stubPredictor({
      score: () => {
        throw error;
      },
    });
    const { status, body } = await askJson(createRoutes({ predictors: { predictor } }), '/predict', { x: 1 });
    expect(status).toBe(429);
    expect(JSON.parse(body)).toMatchObject({ code: 'OVERLOADED', detail: 'a foreign message' });
  });
});
