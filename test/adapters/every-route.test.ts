// Every route that can be mounted answers on every adapter, with the same bytes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Metrics } from '../../src/core/metrics.js';
import { driftReference } from '../../src/drift/reference/make-drift-reference.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { canaryPredictor } from '../../src/prediction/canary-predictor.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import { jobHandlers } from '../../src/serving/jobs/job-handlers.js';
import type { WorkOptions } from '../../src/serving/jobs/work-options.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import type { Received } from './exchange.js';
import { exchange } from './exchange.js';
import { fixedJobQueue } from './fixed-job-queue.js';
import { HOSTS } from './hosts.js';
import { prospect } from './models.js';
import { ROUTE_EXCHANGES } from './route-exchanges.js';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const folders: string[] = [];
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterAll(() => {
  vi.useRealTimers();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Options under which every route is there; ids, times and durations are counted. */
async function everything(): Promise<ServingOptions> {
  const artifacts = mkdtempSync(join(tmpdir(), 'tabwright-routes-'));
  folders.push(artifacts);
  const registry = memoryRegistry();
  const trainer = createTrainer({ registry });
  const data = makeTable([
    ['x', Float64Array.from({ length: 40 }, (_, i) => i % 7)],
    ['y', Float64Array.from({ length: 40 }, (_, i) => i % 2)],
  ]);
  const demo = { name: 'demo', data, target: { column: 'y' }, model: 'constant' } as const;
  await trainer.train(demo);
  const work: WorkOptions = { trainer, recipes: { constant: () => demo }, artifacts };
  let made = 0;
  const stable = prospect();
  const predictors = { prospect: canaryPredictor({ stable, canary: prospect(), share: 0, key: 'plan' }) };
  const reference = driftReference(seen, stable.spec);
  return {
    predictors,
    metrics: fixedMetrics(),
    monitor: await monitor({ predictors, referenceOf: () => reference }),
    auth: 'none',
    mlflow: true,
    mlflowWebhook: () => ({ entity: 'model_version_alias', data: { name: 'prospect-conversion' } }),
    openInference: true,
    ...work,
    jobs: fixedJobQueue(jobHandlers(work)),
    generateRequestId: () => `request-${++made}`,
    generatePredictionId: () => `prediction-${++made}`,
    clock: () => ++made,
  };
}

/** Rows of {@link prospect}. */
const seen = makeTable([
  ['age', Float64Array.from({ length: 40 }, (_, i) => 20 + i)],
  [
    'plan',
    new DictionaryColumn(
      Int32Array.from({ length: 40 }, (_, i) => i % 2),
      ['pro', 'free'],
    ),
  ],
  ['trial', new BooleanColumn(Int8Array.from({ length: 40 }, (_, i) => Number(i % 3 === 0)))],
]);

/** A backend whose text is always the same. */
function fixedMetrics(): Metrics {
  const nothing = () => () => {};
  const text = async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', text: 'up 1\n' });
  return { counter: nothing, gauge: nothing, histogram: nothing, text };
}

test('there is a request for every route, and no other', async () => {
  const routes = createRoutes(await everything()).map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(ROUTE_EXCHANGES).sort()).toEqual(routes.sort());
});

/** What the first adapter answered, by route. */
const first = new Map<string, object>();

describe.each(Object.entries(HOSTS))('%s', (_name, start) => {
  const answers = new Map<string, Received>();
  beforeAll(async () => {
    const host = await start(await everything(), '/ml');
    for (const [route, sent] of Object.entries(ROUTE_EXCHANGES)) {
      answers.set(route, await exchange(host.origin, { ...sent, path: `/ml${sent.path}` }));
    }
    await host.close();
  });

  test.each(Object.keys(ROUTE_EXCHANGES))('%s answers, with the bytes that every adapter gives', (route) => {
    const { status, headers, text } = answers.get(route) as Received;
    expect([status, text]).toEqual([expect.toSatisfy((code: number) => code >= 200 && code < 300), expect.any(String)]);
    // Fields of the connection are the host's own, and so is the length of what is sent in pieces.
    const { connection, 'keep-alive': _, date, 'x-powered-by': __, 'transfer-encoding': ___, ...own } = headers;
    const answer = { status, own: { ...own, 'content-length': undefined }, text };
    if (first.has(route)) expect(answer).toEqual(first.get(route));
    else first.set(route, answer);
  });
});
