import * as client from 'prom-client';
import { describe, expect, test } from 'vitest';
import type { Trainer } from '../../src/core/trainer.js';
import { prometheusMetrics } from '../../src/prometheus/prometheus-metrics.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import { measuredTrainer } from '../../src/serving/measured-trainer.js';
import { servingMetrics } from '../../src/serving/serving-metrics.js';
import { prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

function backend() {
  const registry = new client.Registry();
  const lines = async () => (await registry.metrics()).split('\n').filter((line) => !line.startsWith('#'));
  return { registry, lines, metrics: prometheusMetrics({ client, registry }) };
}

describe('the metrics of a mounted table', () => {
  test('tell what is served, how large batches are, and that no request is left in progress', async () => {
    const { metrics, lines } = backend();
    const routes = createRoutes({ predictors: { prospect: prospect() }, metrics });
    await askJson(routes, '/predict', { age: 31, plan: 'pro' });
    await askJson(routes, '/predict', {});
    await askJson(routes, '/predict/batch', [
      { age: 31, plan: 'pro' },
      { age: 32, plan: 'pro' },
    ]);
    await ask(routes, { method: 'GET', path: '/health' });
    const text = await lines();
    expect(text).toContain('tabwright_predict_batch_rows_bucket{le="3",model="prospect"} 1');
    expect(text).toContain('tabwright_predict_batch_rows_sum{model="prospect"} 2');
    expect(text.filter((line) => line.includes('in_progress'))).toEqual([
      'tabwright_http_requests_in_progress{route="predict"} 0',
      'tabwright_http_requests_in_progress{route="predictBatch"} 0',
      'tabwright_http_requests_in_progress{route="health"} 0',
    ]);
    expect(text.filter((line) => line.includes('model_info'))).toHaveLength(1);
  });

  test('count requests that have begun until they end', async () => {
    const { metrics, lines } = backend();
    const serving = servingMetrics(metrics);
    serving.began('predict');
    serving.began('predict');
    expect(await lines()).toContain('tabwright_http_requests_in_progress{route="predict"} 2');
    serving.request('predict', 'POST', 200, 1);
    expect(await lines()).toContain('tabwright_http_requests_in_progress{route="predict"} 1');
  });

  test('time trainings, those that fail too', async () => {
    const { metrics, lines } = backend();
    let now = 0;
    const trainer = {
      train({ name }: { name: string }) {
        now += 2000;
        return name === 'good' ? Promise.resolve({}) : Promise.reject(new Error('bad'));
      },
    } as unknown as Trainer;
    const timed = measuredTrainer(trainer, servingMetrics(metrics), () => now);
    await timed.train({ name: 'good' } as never);
    await expect(timed.train({ name: 'bad' } as never)).rejects.toThrow('bad');
    const text = await lines();
    expect(text).toContain('tabwright_training_duration_seconds_sum{model="good",result="ok"} 2');
    expect(text).toContain('tabwright_training_duration_seconds_sum{model="bad",result="failed"} 2');
  });

  test('measure the event loop between two scrapes', async () => {
    const { metrics, lines } = backend();
    servingMetrics(metrics);
    await lines();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const end = performance.now() + 100;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const [max] = (await lines()).filter((line) => line.includes('event_loop_delay_seconds{stat="max"}'));
    expect(Number(max?.split(' ')[1])).toBeGreaterThan(0.05);
  });
});
