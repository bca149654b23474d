import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { detectDrift } from '../../src/drift/detect-drift.js';
import { driftReference } from '../../src/drift/reference/make-drift-reference.js';
import { type DriftAlert, watchDrift } from '../../src/drift/watch-drift.js';
import { sampleSpec, sampleTable } from './sample-table.js';

const random = createRandom(6);
const reference = driftReference(sampleTable(random, 2000), sampleSpec);
const same = detectDrift({ reference, current: sampleTable(random, 800) });
const moved = detectDrift({ reference, current: sampleTable(random, 800, 0.5) });

/** A webhook that refuses the first requests. */
async function webhook(refusals: number) {
  const taken: { alert: DriftAlert; signature: unknown; isSigned: boolean }[] = [];
  let asked = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    asked += 1;
    if (asked <= refusals) return response.writeHead(503).end();
    const signature = request.headers['x-tabwright-signature'];
    const isSigned = signature === `sha256=${createHmac('sha256', 'key').update(body).digest('hex')}`;
    taken.push({ alert: JSON.parse(body), signature, isSigned });
    return response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, taken, asked: () => asked, end: () => server.close() };
}

test('an alert is sent when drift begins and when it ends, signed, and again until it is taken', async () => {
  const hook = await webhook(2);
  let report = same;
  const watch = watchDrift({
    source: { drift: () => report },
    models: ['homes'],
    url: hook.url,
    secret: 'key',
    retryMs: 1,
  });
  for (const next of [same, moved, moved, same]) {
    report = next;
    await watch.check();
  }
  watch.close();
  hook.end();
  expect(hook.asked()).toBe(4);
  expect(hook.taken.map(({ alert, isSigned }) => [alert.model, alert.state, isSigned])).toEqual([
    ['homes', 'drifted', true],
    ['homes', 'recovered', true],
  ]);
  expect(hook.taken[0]?.alert.columns.map(({ name }) => name)).toContain('height');
});

test('attempts are bounded, and what fails is a warning and no error', async () => {
  const hook = await webhook(100);
  const warnings: unknown[] = [];
  const logger = { info() {}, error() {}, debug() {}, warn: (_: unknown, text?: string) => warnings.push(text) };
  const source = { drift: (model: string) => (model === 'broken' ? Promise.reject(new Error('no')) : moved) };
  const watch = watchDrift({
    source,
    models: ['broken', 'homes'],
    url: hook.url,
    retryMs: 1,
    attempts: 3,
    logger: logger as never,
  });
  await watch.check();
  watch.close();
  hook.end();
  expect(hook.asked()).toBe(3);
  expect(warnings).toEqual(Array(2).fill('watchDrift: a check or an alert failed'));
});

test('few rows and models that nobody watches are not judged', async () => {
  const alerts: DriftAlert[] = [];
  const source = { drift: (model: string) => (model === 'homes' ? moved : undefined) };
  const watch = watchDrift({
    source,
    models: ['homes', 'unknown'],
    minRows: 801,
    onAlert: (alert) => alerts.push(alert),
  });
  await watch.check();
  watch.close();
  expect(alerts).toEqual([]);
});

test.each(['http://example.com/', 'ftp://127.0.0.1/', 'nowhere'])('alerts do not go to %s', (url) => {
  expect(() => watchDrift({ source: { drift: () => same }, models: [], url })).toThrow(
    'url must be https, or http to this machine',
  );
});
