import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyServerOptions, RouteOptions } from 'fastify';
import fastify from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import tabwright, { tabwright as named } from '../../adapters/fastify.js';
import { exchange, postJson } from './exchange.js';
import { listenFastify } from './hosts.js';
import { broken, penguin, prospect } from './models.js';

const row = { age: 31, plan: 'pro' };
const predictors = { prospect: prospect(), broken: broken() };
let running: FastifyInstance | undefined;
afterEach(() => running?.close());

/** An application with the plugin under /ml, and after it whatever a test adds. */
async function start(options: FastifyServerOptions = {}, add: (app: FastifyInstance) => void = () => {}) {
  const app = fastify(options);
  running = app;
  add(app);
  app.register(tabwright, { prefix: '/ml', predictors, defaultModel: 'prospect' });
  const { origin } = await listenFastify(app);
  return (sent: Parameters<typeof exchange>[1]) => exchange(origin, sent);
}

describe('the Fastify plugin', () => {
  test('is the default export and has a name, and is not lifted out of its scope', () => {
    expect(tabwright).toBe(named);
    expect(Object.getOwnPropertySymbols(tabwright)).toEqual([]);
  });

  test('takes nothing from the parsers, limits, validator, serializer and error handler of its host', async () => {
    const send = await start(
      { bodyLimit: 10, exposeHeadRoutes: false, ajv: { customOptions: { coerceTypes: true } } },
      (app) => {
        app.removeAllContentTypeParsers();
        app.addContentTypeParser('application/json', (_request, _stream, done) => done(new Error('host parser')));
        app.setValidatorCompiler(() => () => ({ error: new Error('host validator') }));
        app.setSerializerCompiler(() => {
          throw new Error('host serializer');
        });
        app.setReplySerializer(() => 'host reply serializer');
        app.setErrorHandler((_error, _request, reply) => reply.code(418).send());
      },
    );
    const answered = await send(postJson('/ml/predict', { ...row, age: null }));
    expect([answered.status, JSON.parse(answered.text).score]).toEqual([200, 0.25]);
    expect((await send(postJson('/ml/predict', '{'))).status).toBe(400);
    expect((await send({ method: 'HEAD', path: '/ml/health' })).status).toBe(200);
  });

  test('gives nothing to its host: null is 0 there, as Fastify has it', async () => {
    const properties = { age: { type: 'number' } };
    const send = await start({}, (app) => {
      app.post('/host', { schema: { body: { type: 'object', properties } } }, async ({ body }) => body);
      app.post('/text', async ({ body }) => body);
    });
    expect((await send(postJson('/host', { age: null }))).text).toBe('{"age":0}');
    expect(JSON.parse((await send(postJson('/host', '{'))).text)).toMatchObject({
      code: 'FST_ERR_CTP_INVALID_JSON_BODY',
    });
    const csv = { method: 'POST', path: '/text', headers: { 'content-type': 'text/csv' }, body: 'a' };
    expect((await send(csv)).status).toBe(415);
  });

  test('runs the hooks of its host, and leaves their errors to it', async () => {
    const seen: string[] = [];
    const send = await start({}, (app) => {
      app.addHook('onRequest', async (request, reply) => {
        reply.header('x-host', 'yes');
        if (request.headers['x-key'] === undefined) throw Object.assign(new Error('no key'), { statusCode: 401 });
      });
      app.addHook('onResponse', async (request) => {
        seen.push(request.routeOptions.url ?? '');
      });
    });
    const refused = await send(postJson('/ml/predict/prospect', row));
    expect([refused.status, JSON.parse(refused.text).message]).toEqual([401, 'no key']);
    const answered = await send(postJson('/ml/predict/prospect', row, { 'x-key': 'k' }));
    expect([answered.status, answered.headers['x-host']]).toEqual([200, 'yes']);
    expect(seen).toEqual(['/ml/predict/:model', '/ml/predict/:model']);
  });

  test('leaves unexpected errors to its host where asked to', async () => {
    const app = fastify();
    running = app;
    app.setErrorHandler((error: Error, _request, reply) => reply.code(503).send({ host: error.message.slice(0, 6) }));
    app.register(tabwright, { predictors, unexpectedErrors: 'host' });
    const { origin } = await listenFastify(app);
    const answered = await exchange(origin, postJson('/predict/broken', { x: 1 }));
    expect([answered.status, answered.text]).toEqual([503, '{"host":"secret"}']);
  });

  test('survives a request id that no header can hold', async () => {
    const app = fastify();
    running = app;
    app.register(tabwright, { predictors, generateRequestId: () => 'two\r\nlines' });
    const { origin } = await listenFastify(app);
    expect((await exchange(origin, postJson('/predict/prospect', row))).status).toBe(500);
    expect((await exchange(origin, { path: '/health/live' })).status).toBe(500);
  });

  test('logs through the logger of its host', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => lines.push(line) };
    const send = await start({ logger: { level: 'info', stream } });
    await send(postJson('/ml/predict', {}, { 'x-request-id': 'id-7' }));
    const line = lines.map((text) => JSON.parse(text)).find(({ code }) => code === 'VALIDATION_FAILED');
    expect(line).toMatchObject({ reqId: 'req-1', requestId: 'id-7', route: 'predict' });
  });

  test('shows its routes and their schemas to API documents', async () => {
    const app = fastify();
    running = app;
    await app.register(swagger, { openapi: { openapi: '3.1.0' } });
    app.register(tabwright, { prefix: '/ml', predictors: { prospect: prospect(), penguin: penguin() } });
    await app.ready();
    const paths = app.swagger().paths as Record<string, Record<string, never>>;
    expect(Object.keys(paths)).toContain('/ml/predict/batch/{model}');
    expect(paths['/ml/predict/{model}']?.post).toMatchObject({
      summary: 'Scores one row.',
      requestBody: {
        content: { 'application/json': { schema: { anyOf: [{ required: ['plan'] }, { required: ['mass'] }] } } },
      },
      responses: { 200: { content: { 'application/json': { schema: { anyOf: [{}, {}] } } } } },
    });
    expect(paths['/ml/predict/batch/{model}']?.post).toMatchObject({
      requestBody: { content: { 'application/json': {}, 'text/csv': {} } },
    });
  });

  test('registers native routes, several times under several prefixes', async () => {
    const routes: RouteOptions[] = [];
    const app = fastify();
    running = app;
    app.addHook('onRoute', (route) => {
      routes.push(route);
    });
    app.register(async (scope) => scope.register(tabwright, { prefix: '/v1', predictors }), { prefix: '/api' });
    app.register(tabwright, { prefix: '/v2', predictors, openapi: false });
    await app.ready();
    const urls = routes.map(({ url }) => url);
    expect(urls).toEqual(
      expect.arrayContaining(['/api/v1/predict/:model', '/api/v1/openapi.json', '/v2/predict/:model']),
    );
    expect(urls).not.toContain('/v2/openapi.json');
    const { body } = await app.inject('/api/v1/openapi.json');
    expect(JSON.parse(body).servers).toEqual([{ url: '/api/v1' }]);
  });

  test('refuses bad options as its host gets ready', async () => {
    const app = fastify();
    running = app;
    app.register(tabwright, { predictors, maxRows: 5 } as never);
    await expect(app.ready()).rejects.toMatchObject({ code: 'OPTION_UNKNOWN' });
  });
});
