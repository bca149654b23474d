// Our metrics as the real Prometheus sees them: linted, scraped and asked for; and the rules that ship, tested by its own tool.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fastify from 'fastify';
import * as client from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import tabwright from '../../adapters/fastify.js';
import { driftReference } from '../../src/drift/reference/make-drift-reference.js';
import { filePredictionLog } from '../../src/monitoring/log/file-prediction-log.js';
import type { Monitor } from '../../src/monitoring/monitor.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { prometheusMetrics } from '../../src/prometheus/prometheus-metrics.js';
import { makeTable } from '../../src/table/make-table.js';
import { postJson } from '../adapters/exchange.js';
import { prospect } from '../adapters/models.js';
import type { ChildServer } from './child-server.js';
import { childServer } from './child-server.js';

const hasPrometheus = spawnSync('promtool', ['--version']).status === 0;
const N_REQUESTS = 20;
const SCRAPE_MS = 30_000;

function promtool(args: readonly string[], input?: string): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, {
    input,
    encoding: 'utf8',
    cwd: resolve('monitoring'),
  });
  return { status, text: `${stdout}${stderr}` };
}

describe.skipIf(!hasPrometheus)('metrics in Prometheus', () => {
  const registry = new client.Registry();
  const app = fastify();
  let folder = '';
  let origin = '';
  const logs = mkdtempSync(join(tmpdir(), 'tabwright-log-'));
  const predicted: string[] = [];
  let watching: Monitor | undefined;
  let prometheus: ChildServer | undefined;

  async function post(path: string, value: object): Promise<string> {
    const { body, headers } = postJson(path, value);
    const sent = { method: 'POST', headers: headers as Record<string, string>, body: body as string };
    return (await fetch(`${origin}${path}`, sent)).text();
  }

  beforeAll(async () => {
    const metrics = prometheusMetrics({ client, registry });
    const predictors = { prospect: prospect() };
    const log = await filePredictionLog(logs);
    const reference = driftReference(makeTable([['age', Float64Array.of(20, 31, 40)]]), {
      fields: [{ name: 'age', type: 'integer', nullable: true }],
    });
    watching = await monitor({
      predictors,
      metrics,
      log,
      referenceOf: () => reference,
      segments: ['plan'],
      evaluateMs: 100,
    });
    app.register(tabwright, { prefix: '/ml', predictors, metrics, monitor: watching });
    app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
    for (let request = 0; request < N_REQUESTS; request++) {
      predicted.push(await post('/ml/predict', request === 0 ? {} : { age: 31, plan: 'pro' }));
    }
    for (const truth of ['yes', 'no']) {
      const { id } = JSON.parse(predicted.pop() as string);
      await post('/ml/feedback', { id, truth });
    }
    folder = mkdtempSync(join(tmpdir(), 'tabwright-prometheus-'));
    const config = {
      global: { scrape_interval: '1s' },
      rule_files: [resolve('monitoring/prometheus-rules.yml')],
      scrape_configs: [{ job_name: 'web', static_configs: [{ targets: [new URL(origin).host] }] }],
    };
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
    prometheus = await childServer((port) => [
      'prometheus',
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
  });

  afterAll(async () => {
    await prometheus?.stop();
    await app.close();
    await watching?.close();
    rmSync(logs, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  async function query(expression: string): Promise<{ metric: Record<string, string>; value: number }[]> {
    const url = `http://127.0.0.1:${prometheus?.port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const { data } = (await (await fetch(url)).json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /** What an expression gives once there is something. */
  async function scraped(expression: string): Promise<{ metric: Record<string, string>; value: number }[]> {
    for (const limit = Date.now() + SCRAPE_MS; Date.now() < limit; await wait(250)) {
      const result = await query(expression);
      if (result.length > 0) return result;
    }
    throw new Error(`Prometheus has nothing for ${expression}`);
  }

  test('have names, help and units that promtool finds nothing wrong with', async () => {
    expect(promtool(['check', 'metrics'], await registry.metrics())).toEqual({ status: 0, text: '' });
  });

  test('arrive as they were counted', async () => {
    const [rows] = await scraped('tabwright_predicted_rows_total');
    expect(rows).toMatchObject({ metric: { model: 'prospect', job: 'web' }, value: N_REQUESTS - 1 });
    const requests = await query('tabwright_http_request_duration_seconds_count{route="predict"}');
    const byStatus = Object.fromEntries(requests.map(({ metric, value }) => [metric.status, value]));
    expect(byStatus).toEqual({ 200: N_REQUESTS - 1, 422: 1 });
  });

  test('tell what a monitor knows', async () => {
    const [accuracy] = await scraped('tabwright_model_performance{metric="accuracy",column=""}');
    expect(accuracy).toMatchObject({ metric: { model: 'prospect' }, value: 0.5 });
    const [joined] = await scraped('tabwright_feedback_total{result="joined"}');
    expect(joined?.value).toBe(2);
    const [drift] = await scraped('tabwright_drift_window_rows');
    expect(drift?.value).toBe(N_REQUESTS - 1);
    const served = await fetch(`${origin}/ml/metrics`);
    expect(served.headers.get('content-type')).toBe(registry.contentType);
    expect(promtool(['check', 'metrics'], await served.text())).toEqual({ status: 0, text: '' });
  });

  test('are what the rules that ship ask for', async () => {
    expect(promtool(['check', 'rules', 'prometheus-rules.yml'])).toMatchObject({ status: 0 });
    expect(promtool(['test', 'rules', 'prometheus-rules.test.yml'])).toMatchObject({ status: 0 });
    const names = new Set(
      (await registry.getMetricsAsJSON()).flatMap(({ name }) => [name, `${name}_count`, `${name}_bucket`]),
    );
    const { groups } = await rules();
    const used = groups.flatMap(({ rules: each }) =>
      each.flatMap(({ query: text }) => text.match(/\btabwright_\w+/g) ?? []),
    );
    expect(used.length).toBeGreaterThan(5);
    for (const name of used) expect(names.has(name) || recorded(groups, name), name).toBe(true);
  });

  interface Groups {
    readonly groups: readonly { readonly rules: readonly { readonly name: string; readonly query: string }[] }[];
  }

  async function rules(): Promise<Groups> {
    const answer = await fetch(`http://127.0.0.1:${prometheus?.port}/api/v1/rules`);
    return ((await answer.json()) as { data: Groups }).data;
  }

  /** Whether a name is part of one that a rule records. */
  function recorded(groups: Groups['groups'], name: string): boolean {
    return groups.some(({ rules: each }) => each.some((rule) => rule.name.split(':').includes(name)));
  }
});
