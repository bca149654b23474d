// Keys, trainings and the registry on every adapter, over what each of them listens on.
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/core/error-codes.js';
import type { AdminSetup } from './admin-setup.js';
import { KEYS, startAdmin } from './admin-setup.js';
import type { Sent } from './exchange.js';
import { exchange, postJson } from './exchange.js';
import { HOSTS } from './hosts.js';
import { prospect } from './models.js';

const row = { plan: 'pro' };
const train = (body: unknown, headers: Record<string, string> = {}) => postJson('/admin/train', body, headers);

const ADMIN_PATHS = [
  '/eda/profile',
  '/eda/profiles',
  '/eda/profiles/{id}',
  '/admin/train',
  '/admin/jobs',
  '/admin/jobs/{id}',
  '/admin/jobs/{id}/events',
  '/admin/models',
  '/admin/models/{name}',
  '/admin/models/{name}/{version}',
  '/admin/models/{name}/aliases/{alias}',
  '/admin/models/{name}/rollback',
  '/admin/models/{name}/reload',
];

/** What is refused, and how. */
const REFUSED: readonly [string, Sent, number, ErrorCode][] = [
  ['a prediction without a key', postJson('/predict', row, { 'x-api-key': '' }), 401, 'UNAUTHORIZED'],
  ['a wrong key', postJson('/predict', row, { 'x-api-key': 'x'.repeat(32) }), 401, 'UNAUTHORIZED'],
  ['a job list to one who may predict', { path: '/admin/jobs', headers: { 'x-api-key': KEYS.shop } }, 403, 'FORBIDDEN'],
  ['an unknown recipe', train({ recipe: 'toString' }), 400, 'REQUEST_INVALID'],
  ['no recipe', train({}), 400, 'REQUEST_INVALID'],
  ['a training that is no object', train([]), 400, 'REQUEST_INVALID'],
  ['unknown members', train({ recipe: 'constant', model: 'x' }), 400, 'REQUEST_INVALID'],
  ['parameters that are no object', train({ recipe: 'constant', params: [1] }), 400, 'REQUEST_INVALID'],
  ['an experiment that is no text', train({ recipe: 'constant', experiment: 7 }), 400, 'REQUEST_INVALID'],
  ['a malformed idempotency key', train({ recipe: 'constant' }, { 'idempotency-key': 'a b' }), 400, 'REQUEST_INVALID'],
  ['a training as CSV', { ...train(''), headers: { 'content-type': 'text/csv' } }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
  ['a job that is not there', { path: '/admin/jobs/nobody' }, 404, 'JOB_NOT_FOUND'],
  ['events of a job that is not there', { path: '/admin/jobs/nobody/events' }, 404, 'JOB_NOT_FOUND'],
  ['a job id that is a path', { path: '/admin/jobs/..%2F..%2Fowner' }, 404, 'JOB_NOT_FOUND'],
  ['to cancel nothing', { method: 'DELETE', path: '/admin/jobs/x' }, 404, 'JOB_NOT_FOUND'],
  ['a model that is not there', { path: '/admin/models/nobody' }, 404, 'MODEL_NOT_FOUND'],
  ['a model name that is a path', { path: '/admin/models/..%2F..%2Fetc' }, 400, 'NAME_INVALID'],
  ['a version that is none', { path: '/admin/models/demo/champion' }, 400, 'REQUEST_INVALID'],
  [
    'an alias on nothing',
    { ...postJson('/admin/models/demo/aliases/next', {}), method: 'PUT' },
    400,
    'REQUEST_INVALID',
  ],
  [
    'a reserved alias',
    { ...postJson('/admin/models/demo/aliases/latest', { version: 1 }), method: 'PUT' },
    400,
    'NAME_INVALID',
  ],
  ['to roll back one version', { method: 'POST', path: '/admin/models/demo/rollback' }, 404, 'MODEL_NOT_FOUND'],
  ['to reload what is not served', { method: 'POST', path: '/admin/models/demo/reload' }, 404, 'MODEL_NOT_FOUND'],
  [
    'to reload another model',
    postJson('/admin/models/prospect-conversion/reload', { reference: 'demo@champion' }),
    400,
    'REQUEST_INVALID',
  ],
];

describe.each(Object.entries(HOSTS))('%s', (_name, start) => {
  let admin: AdminSetup;
  beforeAll(async () => {
    admin = await startAdmin(start);
    const { body } = await admin.sendJson(train({ recipe: 'constant' }));
    await admin.ended(body.id ?? '');
  });
  afterAll(() => admin.close());

  test.each(REFUSED)('refuses %s', async (_what, sent, status, code) => {
    const { headers, ...received } = await admin.send(sent);
    expect([received.status, JSON.parse(received.text).code]).toEqual([status, code]);
    expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
  });

  test('lets those through who may', async () => {
    expect((await admin.send(postJson('/predict', row, { 'x-api-key': KEYS.shop }))).status).toBe(200);
    expect((await admin.send({ path: '/health/live', headers: { 'x-api-key': '' } })).status).toBe(200);
    const bearer = { authorization: `Bearer ${KEYS.ops}` };
    expect((await exchange(admin.origin, { path: '/ml/admin/jobs', headers: bearer })).status).toBe(200);
  });

  test('has no routes of operators where nobody said who they are', async () => {
    const host = await start({ predictors: { prospect: prospect() }, registry: admin.registry }, '/ml');
    expect((await exchange(host.origin, { path: '/ml/admin/models' })).status).toBe(404);
    expect((await exchange(host.origin, postJson('/ml/predict', row))).status).toBe(200);
    await host.close();
  });

  test('has them for everybody where that was said', async () => {
    const host = await start({ predictors: {}, registry: admin.registry, auth: 'none' }, '/ml');
    expect((await exchange(host.origin, { path: '/ml/admin/models' })).status).toBe(200);
    await host.close();
  });

  test('says when to come again', async () => {
    const clock = () => 0;
    const host = await start({ predictors: { prospect: prospect() }, rateLimitPerSecond: 0.1, clock }, '/ml');
    expect((await exchange(host.origin, postJson('/ml/predict', row))).status).toBe(200);
    const { status, headers } = await exchange(host.origin, postJson('/ml/predict', row));
    expect([status, headers['retry-after']]).toEqual([429, '10']);
    expect((await exchange(host.origin, { path: '/ml/health/live' })).status).toBe(200);
    await host.close();
  });

  test('trains as a job, and leaves one version with its metrics', async () => {
    const { status, headers, text } = await admin.send(
      train({ recipe: 'constant', params: { name: 'once' }, experiment: 'trial' }),
    );
    const job = JSON.parse(text);
    expect([status, headers.location]).toEqual([202, `/ml/admin/jobs/${job.id}`]);
    await admin.ended(job.id);
    const { body } = await admin.sendJson({ path: `/admin/jobs/${job.id}` });
    expect(body).toMatchObject({
      kind: 'train',
      state: 'done',
      input: { recipe: 'constant', params: { name: 'once' }, experiment: 'trial' },
      result: { model: 'once', version: 1, metrics: { auc: { mean: expect.any(Number) } } },
    });
    const version = await admin.sendJson({ path: '/admin/models/once/1' });
    expect(version.body).toMatchObject({ tags: { 'tabwright.job': job.id }, metrics: { auc: {} } });
    const list = await admin.sendJson({ path: '/admin/jobs' });
    expect(list.body.jobs).toContainEqual(body);
  });

  test('gives two requests of one idempotency key one job, and another request none', async () => {
    const again = (params: object) =>
      admin.sendJson(train({ recipe: 'constant', params }, { 'idempotency-key': 'k1' }));
    const [first, second] = await Promise.all([again({ name: 'same' }), again({ name: 'same' })]);
    expect([first.status, first.body.id]).toEqual([202, second.body.id]);
    expect(await again({ name: 'other' })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT' } });
    await admin.ended(first.body.id ?? '');
    expect(await admin.registry.versions('same')).toHaveLength(1);
  });

  test('follows a job by events to its end, and cancels it', async () => {
    const { body: job } = await admin.sendJson(train({ recipe: 'slow' }));
    const events = admin.send({ path: `/admin/jobs/${job.id}/events` });
    const cancelled = await admin.sendJson({ method: 'DELETE', path: `/admin/jobs/${job.id}` });
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    const { headers, text } = await events;
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const told = text.split('\n\n').filter((each) => each.startsWith('event: '));
    expect(told.at(-1)).toMatch(/^event: end\ndata: \{.*"state":"cancelled"/);
    expect(told.slice(0, -1).every((each) => each.startsWith('event: progress\n'))).toBe(true);
  });

  test('lists models, moves aliases, and goes back', async () => {
    const name = 'moved';
    for (let i = 0; i < 2; i++) {
      const { body } = await admin.sendJson(train({ recipe: 'constant', params: { name } }));
      await admin.ended(body.id ?? '');
    }
    const put = postJson(`/admin/models/${name}/aliases/champion`, { version: 2, reason: 'better' });
    expect(await admin.sendJson({ ...put, method: 'PUT' })).toMatchObject({
      status: 200,
      body: { version: 2, aliases: ['champion'] },
    });
    const { body: model } = await admin.sendJson({ path: `/admin/models/${name}` });
    expect(model).toMatchObject({ versions: [{ version: 1 }, { version: 2 }], history: [{}, { reason: 'better' }] });
    const { body: list } = await admin.sendJson({ path: '/admin/models' });
    expect(list.models).toContainEqual(expect.objectContaining({ name, version: 2 }));
    const back = await admin.sendJson({ method: 'POST', path: `/admin/models/${name}/rollback` });
    expect(back).toMatchObject({ status: 200, body: { version: 1, aliases: ['champion'] } });
  });

  test('describes them all in OpenAPI, with who may call', async () => {
    const { body } = await admin.sendJson({ path: '/openapi.json' });
    const { valid, errors } = await new Validator().validate(structuredClone(body));
    expect([valid, errors]).toEqual([true, undefined]);
    const { paths = {}, components } = body as Record<string, object>;
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(ADMIN_PATHS));
    expect(components).toMatchObject({ securitySchemes: { apiKey: { type: 'apiKey' }, bearer: { type: 'http' } } });
    const security = [{ apiKey: [] }, { bearer: [] }];
    expect(paths).toMatchObject({ '/admin/train': { post: { security, responses: { 202: {} } } } });
    expect(paths).not.toHaveProperty(['/health', 'get', 'security']);
  });

  test('reloads what serves', async () => {
    const path = '/admin/models/prospect-conversion/reload';
    expect(await admin.sendJson({ method: 'POST', path })).toMatchObject({
      status: 200,
      body: { reloaded: [{ served: 'prospect', model: 'prospect-conversion', version: 2 }] },
    });
    expect((await admin.sendJson(postJson('/predict', row))).body).toMatchObject({ version: 2 });
  });
});
