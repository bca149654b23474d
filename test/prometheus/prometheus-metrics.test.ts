import * as client from 'prom-client';
import { describe, expect, test } from 'vitest';
import { prometheusMetrics } from '../../src/prometheus/prometheus-metrics.js';

function backend(prefix?: string) {
  const registry = new client.Registry();
  return { registry, metrics: prometheusMetrics({ client, registry, ...(prefix !== undefined && { prefix }) }) };
}

describe('prometheusMetrics', () => {
  test('counts, sets and observes under prefixed names, with help and labels', async () => {
    const { registry, metrics } = backend();
    const count = metrics.counter({ name: 'rows_total', help: 'Rows.', labels: ['model'] });
    const set = metrics.gauge({ name: 'auc_ratio', help: 'AUC.', labels: ['model'] });
    const observe = metrics.histogram({ name: 'wait_seconds', help: 'Wait.', labels: ['route'], buckets: [0.1, 1] });
    count({ model: 'a' });
    count({ model: 'a' }, 4);
    set({ model: 'a' }, 0.75);
    const labels = { route: 'predict' };
    for (const value of [0.05, 0.5, 5]) observe(labels, value);
    const text = await registry.metrics();
    for (const line of [
      '# HELP tabwright_rows_total Rows.',
      'tabwright_rows_total{model="a"} 5',
      'tabwright_auc_ratio{model="a"} 0.75',
      'tabwright_wait_seconds_bucket{le="0.1",route="predict"} 1',
      'tabwright_wait_seconds_bucket{le="+Inf",route="predict"} 3',
      'tabwright_wait_seconds_sum{route="predict"} 5.55',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(await metrics.text?.()).toEqual({ contentType: registry.contentType, text });
  });

  test('tells label values apart whether or not their object is the same', async () => {
    const { registry, metrics } = backend();
    const observe = metrics.histogram({ name: 'wait_seconds', help: 'Wait.', labels: ['route'], buckets: [1] });
    observe({ route: 'a' }, 1);
    observe({ route: 'a' }, 1);
    observe({ route: 'b' }, 1);
    const text = await registry.metrics();
    expect(text).toContain('tabwright_wait_seconds_count{route="a"} 2');
    expect(text).toContain('tabwright_wait_seconds_count{route="b"} 1');
  });

  test('makes an instrument once for two users of one registry', async () => {
    const { registry, metrics } = backend('');
    const description = { name: 'rows_total', help: 'Rows.', labels: [] };
    metrics.counter(description)({});
    prometheusMetrics({ client, registry, prefix: '' }).counter(description)({}, 2);
    expect(await registry.metrics()).toContain('rows_total 3');
  });

  test('leaves the global registry alone', async () => {
    const { metrics } = backend();
    metrics.counter({ name: 'rows_total', help: 'Rows.', labels: [] })({});
    expect(await client.register.metrics()).toBe('\n');
  });

  test('refuses a prefix that no metric may begin with', () => {
    expect(() => backend('1-')).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
