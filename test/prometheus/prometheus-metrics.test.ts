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

  test('reads observed values at each scrape, of every reader that has not ended', async () => {
    const { registry, metrics } = backend();
    const of = { kind: 'gauge', name: 'auc_ratio', help: 'AUC.', labels: ['model'] } as const;
    let value = 0.5;
    metrics.observe?.(of, () => [{ labels: { model: 'a' }, value }]);
    const end = metrics.observe?.(of, () => [{ labels: { model: 'b' }, value: 1 }]);
    value = 0.75;
    const lines = async () => (await registry.metrics()).split('\n').filter((line) => line.includes('auc_ratio'));
    expect(await lines()).toEqual([
      '# HELP tabwright_auc_ratio AUC.',
      '# TYPE tabwright_auc_ratio gauge',
      'tabwright_auc_ratio{model="a"} 0.75',
      'tabwright_auc_ratio{model="b"} 1',
    ]);
    end?.();
    expect(await lines()).toHaveLength(3);
  });

  test('writes an observed histogram as prom-client writes its own', async () => {
    const counted = backend();
    const observed = backend();
    const of = { name: 'wait_seconds', help: 'Wait.', labels: ['route'], buckets: [0.1, 1] };
    const observe = counted.metrics.histogram(of);
    for (const value of [0.05, 0.5, 0.25, 5]) observe({ route: 'predict' }, value);
    const sample = { labels: { route: 'predict' }, value: 5.8, counts: [1, 2, 1] };
    observed.metrics.observe?.({ ...of, kind: 'histogram' }, () => [sample]);
    // prom-client writes the label le first; the order of labels means nothing.
    const lines = async ({ registry }: typeof counted) =>
      (await registry.metrics()).replace(/\{(.*),(.*)\}/g, (_, a, b) => `{${[a, b].sort()}}`);
    expect(await lines(observed)).toBe(await lines(counted));
  });

  test('refuses a prefix that no metric may begin with', () => {
    expect(() => backend('1-')).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
