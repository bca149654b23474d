import { gzipSync } from 'node:zlib';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import express from 'express';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ExpressOptions } from '../../adapters/express.js';
import tabwright, { tabwright as named } from '../../adapters/express.js';
import { exchange, postCsv, postJson } from './exchange.js';
import type { RunningHost } from './hosts.js';
import { listenExpress } from './hosts.js';
import { broken, prospect } from './models.js';

const row = { age: null, plan: 'pro' };
const predictors = { prospect: prospect(), broken: broken() };
let running: RunningHost | undefined;
afterEach(() => running?.close());

async function send(app: Express, sent: Parameters<typeof exchange>[1]) {
  running ??= await listenExpress(app);
  return exchange(running.origin, sent);
}

/** An application with the router under /ml, and before it whatever a test uses. */
function appWith(use: readonly RequestHandler[], options: Partial<ExpressOptions> = {}): Express {
  running = undefined;
  const app = express();
  for (const middleware of use) app.use(middleware);
  app.use('/ml', tabwright({ predictors, defaultModel: 'prospect', ...options }));
  return app;
}

describe('the Express router', () => {
  test('is the default export and has a name', () => {
    expect(tabwright).toBe(named);
  });

  test.each([
    ['none', []],
    ['express.json', [express.json()]],
    ['express.raw', [express.raw({ type: '*/*' })]],
    ['express.text', [express.text({ type: '*/*' })]],
    ['one that waits', [async (_request, _response, next) => void setTimeout(next, 20)]],
  ] as [string, RequestHandler[]][])('answers the same where the body parser of the host is %s', async (_name, use) => {
    const app = appWith(use);
    const answered = await send(app, postJson('/ml/predict', row));
    expect([answered.status, JSON.parse(answered.text).score]).toEqual([200, 0.25]);
    expect(JSON.parse((await send(app, postJson('/ml/predict/batch', [row, row]))).text)).toHaveLength(2);
    expect((await send(app, postCsv('/ml/predict/batch', 'plan\npro\n'))).status).toBe(200);
    const empty = await send(app, {
      method: 'POST',
      path: '/ml/predict',
      headers: { 'content-type': 'application/json' },
    });
    // express.json makes an empty object of nothing.
    expect(['REQUEST_INVALID', 'VALIDATION_FAILED']).toContain(JSON.parse(empty.text).code);
  });

  test('refuses a form that the host has parsed', async () => {
    const form = postJson('/ml/predict', 'plan=pro', { 'content-type': 'application/x-www-form-urlencoded' });
    expect((await send(appWith([express.urlencoded()]), form)).status).toBe(415);
  });

  test('refuses a compressed body, and takes one that the host has decompressed', async () => {
    const compressed = {
      ...postJson('/ml/predict', ''),
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(row)),
    };
    const refused = await send(appWith([]), compressed);
    expect(JSON.parse(refused.text).code).toBe('MEDIA_TYPE_UNSUPPORTED');
    await running?.close();
    expect((await send(appWith([express.json()]), compressed)).status).toBe(200);
  });

  test('does not wait for a body that somebody else has read', async () => {
    const swallow: RequestHandler = (request, _response, next) => {
      request.on('end', () => setImmediate(next)).resume();
    };
    const answered = await send(appWith([swallow]), postJson('/ml/predict', row));
    expect(JSON.parse(answered.text)).toMatchObject({ status: 400, detail: 'a body is required' });
  });

  test('leaves broken JSON to the error handler of the host where its parser found it', async () => {
    const app = appWith([express.json()]);
    const onError: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(400).send('host');
    app.use(onError);
    expect((await send(app, postJson('/ml/predict', '{'))).text).toBe('host');
  });

  test('leaves unexpected errors to the error handler of the host where asked to', async () => {
    const app = appWith([], { unexpectedErrors: 'host' });
    const onError: ErrorRequestHandler = (error, _request, response, _next) => {
      response.status(503).send(error.message.slice(0, 6));
    };
    app.use(onError);
    const answered = await send(app, postJson('/ml/predict/broken', { x: 1 }));
    expect([answered.status, answered.text]).toEqual([503, 'secret']);
    expect((await send(app, postJson('/ml/predict', {}))).status).toBe(422);
  });

  test('passes on what it does not answer, with the path whole again', async () => {
    const app = appWith([]);
    app.use((request, response) => void response.status(200).send(request.url));
    expect((await send(app, { path: '/ml/nowhere' })).text).toBe('/ml/nowhere');
    expect((await send(app, { path: '/ml/predict' })).text).toBe('/ml/predict');
  });

  test('takes the Router that it is given, and is that router then', async () => {
    const given = vi.fn(express.Router);
    const app = appWith([], { Router: given });
    expect(given).toHaveBeenCalledOnce();
    expect((await send(app, postJson('/ml/predict', row))).status).toBe(200);
  });

  test('says what to install where express is not there', async () => {
    vi.resetModules();
    vi.doMock('express', () => {
      throw new Error('Cannot find package');
    });
    const { tabwright: alone } = await import('../../adapters/express.js');
    running = undefined;
    const app = express();
    app.use(alone({ predictors }));
    const onError: ErrorRequestHandler = (error, _request, response, _next) => {
      response.status(error.status).send(`${error.code}: ${error.message}`);
    };
    app.use(onError);
    const answered = await send(app, postJson('/predict', row));
    vi.doUnmock('express');
    expect([answered.status, answered.text]).toEqual([
      501,
      expect.stringMatching(/^PACKAGE_MISSING: .*express@\^5.*Router/),
    ]);
  });

  test('refuses bad options when it is made', () => {
    expect(() => tabwright({ predictors, maxRows: 5 } as never)).toThrow(
      expect.objectContaining({ code: 'OPTION_UNKNOWN' }),
    );
  });
});
