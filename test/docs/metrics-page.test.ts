// docs/metrics.md: its program runs, and its table lists what serving and monitors measure.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MetricDescription, Metrics, ObservedMetric } from '../../src/core/metrics.js';
import { MONITORING_METRICS } from '../../src/monitoring/monitoring-metrics.js';
import { canaryPredictor } from '../../src/prediction/canary-predictor.js';
import { followAlias } from '../../src/prediction/follow-alias.js';
import { shadowPredictor } from '../../src/prediction/shadow-predictor.js';
import { servingMetrics } from '../../src/serving/serving-metrics.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { runPage } from './run-page.js';

test('the program of docs/metrics.md runs and prints what it says', async () => {
  expect(await runPage('docs/metrics.md')).toEqual([[true]]);
});

test('docs/metrics.md lists every metric with its kind, labels and help', () => {
  const rows: string[] = [];
  const note = (kind: string) => (of: MetricDescription) => {
    rows.push(`| \`${of.name}\` | ${kind} | ${of.labels.map((label) => `\`${label}\``).join(', ')} | ${of.help} |`);
    return () => {};
  };
  const observe = (of: ObservedMetric) => note(of.kind)(of);
  const metrics: Metrics = { counter: note('counter'), gauge: note('gauge'), histogram: note('histogram'), observe };
  servingMetrics(metrics);
  shadowPredictor({ primary: stubPredictor(), shadow: stubPredictor(), metrics });
  canaryPredictor({ stable: stubPredictor(), canary: stubPredictor(), key: 'x', metrics });
  const signal = AbortSignal.abort();
  void followAlias(stubPredictor(), { registry: memoryRegistry(), reference: 'm', signal, metrics });
  for (const of of Object.values(MONITORING_METRICS)) observe(of);
  const listed = readFileSync('docs/metrics.md', 'utf8').match(/^\| `.*\|$/gm);
  expect(listed).toEqual(rows);
});
