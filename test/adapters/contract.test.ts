import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/core/error-codes.js';
import { ERROR_CODES } from '../../src/core/error-codes.js';
import { contractOptions } from './contract-options.js';
import type { Received } from './exchange.js';
import { exchange, postJson } from './exchange.js';
import { EXCHANGES } from './exchanges.js';
import type { RunningHost } from './hosts.js';
import { HOSTS } from './hosts.js';

function expectProblem({ status, headers, text }: Received, code: ErrorCode): void {
  const problem = JSON.parse(text);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(problem).toEqual({
    type: `urn:tabwright:error:${code}`,
    title: ERROR_CODES[code].doc,
    status,
    detail: expect.any(String),
    code,
    requestId: headers['x-request-id'],
    problems: expect.any(Array),
  });
  expect(status).toBe(ERROR_CODES[code].status);
}

describe.each(Object.entries(HOSTS))('%s', (_name, start) => {
  let host: RunningHost;
  beforeAll(async () => {
    host = await start(contractOptions(), '/ml');
  });
  afterAll(() => host.close());

  const send = (sent: Parameters<typeof exchange>[1]) => exchange(host.origin, { ...sent, path: `/ml${sent.path}` });

  test.each(EXCHANGES)('$name', async ({ send: sent, status, body, text, code }) => {
    const received = await send(sent);
    expect(received.status).toBe(status);
    expect(received.headers['x-request-id']).toMatch(/^made-\d+$/);
    if (code !== undefined) expectProblem(received, code);
    if (body !== undefined) {
      expect(received.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(JSON.parse(received.text)).toEqual(body);
    }
    if (text !== undefined) expect(received.text).toBe(text);
  });

  test('has an exchange for CSV content types', async () => {
    const { headers } = await send({
      method: 'POST',
      path: '/predict/batch',
      headers: { 'content-type': 'text/csv' },
      body: 'plan\npro\n',
    });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  });

  test('names every broken rule, and shows no value', async () => {
    const secret = 'hunter2';
    const { text } = await send(postJson('/predict/batch', [{ age: secret }, { plan: 4711, trial: secret }]));
    expect(JSON.parse(text).problems).toEqual([
      { column: 'age', rule: 'must be of type integer', kind: 'string', count: 1, rows: [0] },
      { column: 'plan', rule: 'is required', kind: 'null', count: 1, rows: [0] },
      { column: 'plan', rule: 'must be of type string', kind: 'number', count: 1, rows: [1] },
      { column: 'trial', rule: 'must be of type boolean', kind: 'string', count: 1, rows: [1] },
    ]);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('4711');
  });

  test('quotes nothing of a body that is no JSON', async () => {
    const { text } = await send(postJson('/predict', '{"age": hunter2 }'));
    expect(text).not.toContain('hunter2');
    expect(JSON.parse(text).detail).toMatch(/^the body must be JSON/);
  });

  test('keeps the cause of an unexpected failure to itself', async () => {
    const { text } = await send(postJson('/predict/broken', { x: 1 }));
    expect(text).not.toMatch(/secret|4711|private/);
  });

  test('echoes a well-formed request id, also with an error', async () => {
    const headers = { 'x-request-id': '00-4bf92f3577b34da6a3ce929d0e0e4736.1' };
    for (const sent of [postJson('/predict', { plan: 'pro' }, headers), postJson('/predict', '{', headers)]) {
      expect((await send(sent)).headers['x-request-id']).toBe(headers['x-request-id']);
    }
  });

  test.each(['', 'a b', 'x'.repeat(129), '<script>', 'a,b'])('makes its own id where %j was sent', async (id) => {
    const received = await send(postJson('/predict', { plan: 'pro' }, { 'x-request-id': id }));
    expect(received.headers['x-request-id']).toMatch(/^made-\d+$/);
  });

  test('leaves other methods and paths to the host', async () => {
    for (const sent of [
      { path: '/predict' },
      { method: 'DELETE', path: '/health' },
      postJson('/predict/a/b/c', {}),
      { path: '/health/' },
      postJson('/Predict', {}),
      { path: '/nowhere' },
    ]) {
      const received = await send(sent);
      expect(received.status).toBe(404);
      expect(received.headers['content-type']).not.toContain('problem');
      expect(received.headers['x-request-id']).toBeUndefined();
    }
    expect((await exchange(host.origin, postJson('/predict', {}))).status).toBe(404);
  });

  test('leaves prototypes alone', async () => {
    await send(
      postJson('/predict', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"plan":"pro"}'),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('describes itself under its prefix', async () => {
    const { text } = await send({ path: '/openapi.json' });
    const { servers, paths } = JSON.parse(text);
    expect(servers).toEqual([{ url: '/ml' }]);
    expect(Object.keys(paths)).toContain('/predict/penguin');
  });

  test('mounts at the root', async () => {
    const root = await start(contractOptions());
    expect((await exchange(root.origin, postJson('/predict', { plan: 'pro' }))).status).toBe(200);
    await root.close();
  });

  test('outlives clients that go away, before their body is whole or after', async () => {
    const { hostname, port } = new URL(host.origin);
    const head = 'POST /ml/predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n';
    for (const body of ['{"plan"', '{"plan":"pro"}']) {
      const socket = connect(Number(port), hostname);
      await new Promise<void>((resolve) => socket.write(head + body, () => resolve()));
      socket.destroy();
    }
    expect((await send({ path: '/health/live' })).status).toBe(200);
  });

  test('answers many requests at once, each with its own', async () => {
    const carats = Array.from({ length: 100 }, (_, i) => i);
    const received = await Promise.all(carats.map((carat) => send(postJson('/predict/diamond', { carat }))));
    expect(received.map(({ text }) => JSON.parse(text).score)).toEqual(carats.map((carat) => carat / 3));
  });
});

test('every adapter answers with the same bytes', async () => {
  const shown = ({ status, headers, text }: Received) => ({
    status,
    type: headers['content-type'],
    id: headers['x-request-id'],
    cache: headers['cache-control'],
    length: headers['content-length'],
    text,
  });
  const answers = [];
  for (const start of Object.values(HOSTS)) {
    const host = await start(contractOptions(), '/ml');
    const own = [];
    for (const { send } of [...EXCHANGES, { send: { path: '/openapi.json' } }]) {
      own.push(shown(await exchange(host.origin, { ...send, path: `/ml${send.path}` })));
    }
    answers.push(own);
    await host.close();
  }
  const [first, ...others] = answers;
  for (const other of others) expect(other).toEqual(first);
});
