import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyMlflowWebhook } from '../../src/mlflow/verify-mlflow-webhook.js';
import { canaryPredictor } from '../../src/prediction/canary-predictor.js';
import { shadowPredictor } from '../../src/prediction/shadow-predictor.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { countingMetrics } from '../prediction/counting-metrics.js';
import { ask } from './ask.js';

const SECRET = 'a secret';

function setUp(options: Partial<ServingOptions> = {}) {
  const stable = stubPredictor({ name: 'm', score: () => 0.1 });
  const challenger = stubPredictor({ name: 'm', score: () => 0.9 });
  const shadowed = shadowPredictor({ primary: stubPredictor({ name: 'other' }), shadow: stubPredictor({ name: 'm' }) });
  const predictors = {
    split: canaryPredictor({ stable, canary: challenger, share: 0.5, key: 'x' }),
    shadowed,
    plain: stubPredictor({ name: 'plain' }),
  };
  const metrics = countingMetrics();
  const mlflowWebhook: ServingOptions['mlflowWebhook'] = (headers, body) => verifyMlflowWebhook(headers, body, SECRET);
  const routes = createRoutes({ predictors, auth: 'none', mlflowWebhook, metrics, ...options });
  const send = async (method: 'GET' | 'POST' | 'PUT', path: string, value?: unknown, headers = {}) => {
    const body =
      value === undefined ? undefined : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    const type = { 'content-type': 'application/json' };
    const answer = await ask(routes, { method, path, headers: { ...type, ...headers }, body });
    return { status: answer.status, body: JSON.parse(answer.body) };
  };
  const versions = async () => {
    const { body } = await send('GET', '/admin/live');
    return body.flatMap(({ served, parts }: { served: string; parts: { role: string; version: number }[] }) =>
      parts.map(({ role, version }) => `${served} ${role} ${version}`),
    );
  };
  return { send, versions, metrics };
}

/** A delivery as MLflow signs it. */
function delivery(event: object, secret = SECRET): [string, Record<string, string>] {
  const body = JSON.stringify(event, null, 1);
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`d1.${at}.${body}`).digest('base64');
  return [body, { 'x-mlflow-delivery-id': 'd1', 'x-mlflow-timestamp': at, 'x-mlflow-signature': `v1,${signature}` }];
}

const moved = {
  entity: 'model_version_alias',
  action: 'created',
  data: { name: 'm', alias: 'champion', version: '2' },
};

describe('GET /admin/live', () => {
  test('shows every part with its version and the one before', async () => {
    const { send } = setUp();
    await send('POST', '/admin/models/plain/reload');
    const { body } = await send('GET', '/admin/live');
    expect(body).toEqual([
      {
        served: 'split',
        parts: [
          { role: 'stable', model: 'm', version: 1, previous: null },
          { role: 'canary', model: 'm', version: 1, previous: null },
        ],
        share: 0.5,
      },
      {
        served: 'shadowed',
        parts: [
          { role: 'primary', model: 'other', version: 1, previous: null },
          { role: 'shadow', model: 'm', version: 1, previous: null },
        ],
        comparison: expect.objectContaining({ nCompared: 0 }),
      },
      { served: 'plain', parts: [{ role: null, model: 'plain', version: 2, previous: 1 }] },
    ]);
  });
});

describe('POST /admin/live/:model/rollback', () => {
  test('goes back and forth, by role where there are several', async () => {
    const { send, versions } = setUp();
    await send('POST', '/admin/models/m/reload');
    await send('POST', '/admin/models/plain/reload');
    expect((await send('POST', '/admin/live/plain/rollback')).status).toBe(200);
    expect((await send('POST', '/admin/live/split/rollback', { role: 'canary' })).status).toBe(200);
    expect(await versions()).toEqual([
      'split stable 2',
      'split canary 1',
      'shadowed primary 1',
      'shadowed shadow 2',
      'plain null 1',
    ]);
    await send('POST', '/admin/live/plain/rollback', {});
    expect((await versions()).at(-1)).toBe('plain null 2');
  });

  test.each<[string, unknown, number]>([
    ['/admin/live/plain/rollback', undefined, 404],
    ['/admin/live/plain/rollback', { role: 'canary' }, 400],
    ['/admin/live/split/rollback', { roles: 'canary' }, 400],
    ['/admin/live/nobody/rollback', undefined, 404],
  ])('%s of %j is refused', async (path, body, status) => {
    expect((await setUp().send('POST', path, body)).status).toBe(status);
  });

  test('is not there where nobody said who may administer', () => {
    const routes = createRoutes({ predictors: { m: stubPredictor() } });
    expect(routes.filter(({ path }) => path.includes('/live/') && path.includes('admin'))).toEqual([]);
  });
});

describe('PUT /admin/live/:model/share', () => {
  test('moves the canary at once', async () => {
    const { send } = setUp();
    const scores = async () => {
      const rows = Array.from({ length: 50 }, (_, x) => ({ x }));
      const { body } = await send('POST', '/predict/batch/split', rows);
      return new Set(body.map(({ score }: { score: number }) => score)).size;
    };
    expect(await scores()).toBe(2);
    expect((await send('PUT', '/admin/live/split/share', { share: 1 })).body.share).toBe(1);
    expect(await scores()).toBe(1);
  });

  test.each<[string, unknown]>([
    ['split', { share: 2 }],
    ['split', { share: '0.5' }],
    ['plain', { share: 0.5 }],
  ])('of %s refuses %j', async (model, body) => {
    expect((await setUp().send('PUT', `/admin/live/${model}/share`, body)).status).toBe(400);
  });
});

describe('POST /webhooks/mlflow', () => {
  test('reloads every part of the model whose alias moved, and no other', async () => {
    const { send, versions, metrics } = setUp();
    expect(await send('POST', '/webhooks/mlflow', ...delivery(moved))).toEqual({ status: 200, body: { reloaded: 3 } });
    expect(await versions()).toEqual([
      'split stable 2',
      'split canary 2',
      'shadowed primary 1',
      'shadowed shadow 2',
      'plain null 1',
    ]);
    expect(metrics.values['model_reloads_total split ok']).toBe(2);
  });

  test.each([
    ['another model', { ...moved, data: { name: 'nobody' } }],
    ['a new version', { ...moved, entity: 'model_version' }],
    ['a model without a name', { ...moved, data: {} }],
  ])('takes an event of %s, and reloads nothing', async (_what, event) => {
    const { send, versions } = setUp();
    expect((await send('POST', '/webhooks/mlflow', ...delivery(event))).body).toEqual({ reloaded: 0 });
    expect((await versions()).every((each: string) => each.endsWith(' 1'))).toBe(true);
  });

  test('refuses what is not signed with the secret, and what was changed since', async () => {
    const { send, versions } = setUp();
    expect((await send('POST', '/webhooks/mlflow', ...delivery(moved, 'another'))).status).toBe(401);
    const [body, headers] = delivery(moved);
    expect((await send('POST', '/webhooks/mlflow', body.replace('"m"', '"plain"'), headers)).status).toBe(401);
    expect((await send('POST', '/webhooks/mlflow', body)).status).toBe(401);
    expect((await versions()).every((each: string) => each.endsWith(' 1'))).toBe(true);
  });

  test('tells the sender where a version cannot be loaded', async () => {
    const fail = () => Promise.reject(new Error('the registry is gone'));
    const { send } = setUp({ predictors: { m: { ...stubPredictor({ name: 'm' }), reload: fail } } });
    expect((await send('POST', '/webhooks/mlflow', ...delivery(moved))).status).toBe(500);
  });
});
