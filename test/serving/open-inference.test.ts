import { describe, expect, test, vi } from 'vitest';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { broken, diamond, penguin, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

const numbers: FeatureSpec = {
  fields: [
    { name: 'a', type: 'number', nullable: true },
    { name: 'b', type: 'integer', nullable: false },
  ],
  target: { column: 'y', task: 'regression' },
};
const sum = stubPredictor({ name: 'sum', spec: numbers, score: ({ a, b }) => 10 * Number(a ?? -1) + Number(b) });
const predictors = { prospect: prospect(), penguin: penguin(), diamond: diamond(), broken: broken(), sum };
const routesOf = (options: Partial<ServingOptions> = {}) =>
  createRoutes({ predictors, openInference: true, generatePredictionId: () => 'made', ...options });
const infer = (model: string, body: unknown, options?: Partial<ServingOptions>) =>
  askJson(routesOf(options), `/v2/models/${model}/infer`, body);
const column = (name: string, datatype: string, data: readonly unknown[]) => ({
  name,
  datatype,
  shape: [data.length],
  data,
});

describe('POST /v2/models/:model/infer', () => {
  test('answers a tensor an output', async () => {
    const inputs = [column('age', 'INT64', [31, null]), column('plan', 'BYTES', ['pro', 'free'])];
    const { status, body } = await infer('prospect', { id: 'own', inputs });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      model_name: 'prospect',
      model_version: '1',
      id: 'own',
      parameters: { content_type: 'pd' },
      outputs: [
        { name: 'score', shape: [2, 1], datatype: 'FP64', data: [0.75, 0.25] },
        { name: 'label', shape: [2, 1], datatype: 'BYTES', parameters: { content_type: 'str' }, data: ['yes', 'no'] },
      ],
    });
  });

  test('gives the outputs that are asked for, of several classes each probability', async () => {
    const inputs = [column('mass', 'FP32', [4000])];
    const names = async (outputs?: unknown) =>
      JSON.parse((await infer('penguin', { inputs, outputs })).body).outputs.map(({ name }: { name: string }) => name);
    const probabilities = ['probability_Adelie', 'probability_Chinstrap', 'probability_Gentoo'];
    expect(await names()).toEqual(['score', 'label', ...probabilities]);
    expect(await names([{ name: 'probability_Gentoo' }, { name: 'score' }])).toEqual(['score', 'probability_Gentoo']);
  });

  test('takes every column in one tensor where all are numbers, in the order of the schema', async () => {
    const data = [1, 2, null, 4];
    const tensor = { name: 'input-0', datatype: 'FP64', shape: [2, 2] };
    for (const each of [data, [data.slice(0, 2), data.slice(2)]]) {
      const { body } = await infer('sum', { inputs: [{ ...tensor, data: each }] });
      expect(JSON.parse(body)).toMatchObject({ id: 'made', outputs: [{ name: 'score', data: [12, -6] }] });
    }
    const mixed = await infer('prospect', { inputs: [{ ...tensor, shape: [1, 3], data: [1, 2, 3] }] });
    expect(mixed.status).toBe(400);
  });

  test.each<[string, string, unknown, number]>([
    ['rows that break the schema', 'prospect', { inputs: [column('plan', 'INT8', [4711])] }, 400],
    ['a model that is not served', 'nobody', {}, 404],
    ['an id that is no text', 'diamond', { id: 4711, inputs: [column('carat', 'FP64', [1])] }, 400],
    [
      'an output that is none',
      'diamond',
      { inputs: [column('carat', 'FP64', [1])], outputs: [{ name: 'label' }] },
      400,
    ],
    ['too many rows', 'diamond', { inputs: [column('carat', 'FP64', [1, 2, 3])] }, 413],
    ['an unexpected failure', 'broken', { inputs: [column('x', 'FP64', [1])] }, 500],
    ['a shape of fractions', 'diamond', { inputs: [{ ...column('carat', 'FP64', [1]), shape: [0.5] }] }, 400],
    ['a tensor of the prototype', 'diamond', { inputs: [column('__proto__', 'FP64', [1])] }, 400],
  ])('answers %s', async (_what, model, sent, status) => {
    const answer = await infer(model, sent, { maxBatchRows: 2 });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.any(String) });
    expect(answer.body).not.toContain('4711');
  });

  test('tells the observer by the id of the request', async () => {
    const observer = { predicted: vi.fn(), predictedTable: vi.fn(), refused: vi.fn() };
    await infer('diamond', { id: 'own', inputs: [column('carat', 'FP64', [1, 2])] }, { observer });
    expect(observer.predicted.mock.calls.map(([model, id]) => `${model} ${id}`)).toEqual([
      'diamond own-0',
      'diamond own-1',
    ]);
  });
});

describe('GET /v2', () => {
  const get = async (path: string, options?: Partial<ServingOptions>) => {
    const { status, body } = await ask(routesOf(options), { method: 'GET', path });
    return { status, body: JSON.parse(body) };
  };

  test('describes models by their schema', async () => {
    const { body } = await get('/v2/models/prospect');
    expect(body).toMatchObject({ name: 'prospect', versions: ['1'], platform: 'tabwright' });
    expect(body.inputs.map(({ name, datatype }: Record<string, string>) => `${name} ${datatype}`)).toEqual([
      'age FP64',
      'plan BYTES',
      'trial BOOL',
    ]);
  });

  test('follows readiness, and versions', async () => {
    const away = { isReady: () => false };
    expect((await get('/v2/health/ready', away)).status).toBe(503);
    expect((await get('/v2/models/sum/ready', away)).status).toBe(503);
    expect((await get('/v2/health/live', away)).body).toEqual({ live: true });
    const moving = stubPredictor();
    await moving.reload();
    expect((await get('/v2/models/m/versions/1', { predictors: { m: moving } })).status).toBe(404);
    expect((await get('/v2/models/m/versions/2/ready', { predictors: { m: moving } })).body).toEqual({
      name: 'm',
      ready: true,
    });
  });
});
