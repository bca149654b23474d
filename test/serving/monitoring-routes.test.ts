import * as client from 'prom-client';
import { describe, expect, test } from 'vitest';
import type { PredictionObserver } from '../../src/core/prediction-observer.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { prometheusMetrics } from '../../src/prometheus/prometheus-metrics.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { diamond, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

async function mounted(options: Partial<ServingOptions> = {}) {
  const predictors = { prospect: prospect(), diamond: diamond() };
  const registry = new client.Registry();
  const metrics = prometheusMetrics({ client, registry });
  const watching = await monitor({ predictors, metrics, segments: ['plan'], evaluateMs: 100 });
  const routes = createRoutes({ predictors, metrics, monitor: watching, auth: 'none', ...options });
  const predict = async (row: object): Promise<string> =>
    JSON.parse((await askJson(routes, '/predict/prospect', row)).body).id;
  return { routes, predict };
}

const row = { age: 31, plan: 'pro' };

describe('routes of monitoring', () => {
  test('take the truth of a prediction by the id of its answer, one or a list', async () => {
    const { routes, predict } = await mounted();
    const ids = [await predict(row), await predict({ ...row, age: null }), await predict(row)];
    const one = await askJson(routes, '/feedback/prospect', { id: ids[0], truth: 'yes' });
    expect([one.status, JSON.parse(one.body)]).toEqual([200, { joined: 1, repeated: 0, waiting: 0 }]);
    const list = [...ids, 'unknown'].map((id) => ({ id, truth: 'no' }));
    const many = await askJson(routes, '/feedback/prospect', list);
    expect(JSON.parse(many.body)).toEqual({ joined: 2, repeated: 1, waiting: 1 });
    const report = JSON.parse((await ask(routes, { method: 'GET', path: '/monitoring/performance/prospect' })).body);
    expect(report).toMatchObject({ served: 'prospect', window: { nRows: 3 }, metrics: { accuracy: 1 / 3 } });
  });

  test('see the rows of batches, and those that are refused', async () => {
    const { routes } = await mounted();
    const { body } = await askJson(routes, '/predict/batch/prospect', [row, row]);
    const truths = JSON.parse(body).map(({ id }: { id: string }) => ({ id, truth: 'yes' }));
    expect(JSON.parse((await askJson(routes, '/feedback/prospect', truths)).body).joined).toBe(2);
    const csv = { method: 'POST', path: '/predict/batch/prospect', headers: { 'content-type': 'text/csv' } } as const;
    const answered = await ask(routes, { ...csv, body: Buffer.from('age,plan,trial\n31,pro,\n32,,true\n') });
    expect(answered.status).toBe(422);
    const { body: text } = await ask(routes, { method: 'GET', path: '/metrics' });
    expect(text).toContain('tabwright_monitored_rows_total{model="prospect"} 2');
    expect(text).toContain('tabwright_validation_failures_total{model="prospect",column="plan"} 1');
    expect(text).toContain('tabwright_feedback_total{model="prospect",result="joined"} 2');
  });

  test.each([
    [{ id: 'a', truth: 'maybe' }, 422, 'VALIDATION_FAILED'],
    [{ truth: 'yes' }, 422, 'VALIDATION_FAILED'],
    ['yes', 400, 'REQUEST_INVALID'],
    [[{ id: 'a', truth: 'yes' }, 5], 422, 'VALIDATION_FAILED'],
    [
      [
        { id: 'a', truth: 'yes' },
        { id: 'b', truth: 'yes' },
        { id: 'c', truth: 'yes' },
      ],
      413,
      'BODY_TOO_LARGE',
    ],
  ])('refuse %j', async (body, status, code) => {
    const { routes } = await mounted({ maxBatchRows: 2 });
    const answer = await askJson(routes, '/feedback/prospect', body);
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([status, code]);
    expect(answer.body).not.toContain('maybe');
  });

  test('answer with a page where that is asked for', async () => {
    const { routes, predict } = await mounted();
    const id = await predict({ age: 31, plan: '<b>' });
    await askJson(routes, '/feedback/prospect', { id, truth: 'yes' });
    const path = '/monitoring/performance/prospect';
    const { headers, body } = await ask(routes, { method: 'GET', path, headers: { accept: 'text/html' } });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('Performance of prospect');
    expect(body).toContain('&lt;b&gt;');
    expect(body).not.toContain('<b>');
  });

  test('are there for those who may call them', async () => {
    const paths = async (options: Partial<ServingOptions>) =>
      (await mounted(options)).routes.map(({ path, scope }) => `${scope} ${path}`);
    const all = await paths({});
    expect(all).toContain('open /metrics');
    expect(all).toContain('predict /feedback/:model');
    expect(all).toContain('admin /monitoring/performance');
    expect(await paths({ metricsScope: 'admin' })).toContain('admin /metrics');
    const open = await paths({ auth: undefined, metricsScope: 'admin' });
    expect(open.filter((path) => path.startsWith('admin'))).toEqual([]);
    expect(await paths({ metrics: undefined })).not.toContain('open /metrics');
  });

  test('leave an observer of your own in place', async () => {
    const seen: string[] = [];
    const observer: PredictionObserver = {
      predicted: (model) => seen.push(model),
      predictedTable: (model) => seen.push(model),
      refused: () => seen.push('refused'),
    };
    const { routes, predict } = await mounted({ observer });
    const id = await predict(row);
    await askJson(routes, '/predict/prospect', {});
    expect(seen).toEqual(['prospect', 'refused']);
    expect(JSON.parse((await askJson(routes, '/feedback/prospect', { id, truth: 'no' })).body).joined).toBe(1);
  });
});
