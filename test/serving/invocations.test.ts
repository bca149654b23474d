import { describe, expect, test, vi } from 'vitest';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { broken, penguin, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

const row = { age: 31, plan: 'pro', trial: null };
const routesOf = (options: Partial<ServingOptions> = {}) =>
  createRoutes({ predictors: { prospect: prospect() }, mlflow: true, generateRequestId: () => 'made', ...options });
const invoke = (value: unknown, options: Partial<ServingOptions> = {}) =>
  askJson(routesOf(options), '/invocations', value);
const csv = (body: string, type = 'text/csv') =>
  ask(routesOf(), {
    method: 'POST',
    path: '/invocations',
    headers: { 'content-type': type },
    body: Buffer.from(body),
  });

describe('POST /invocations', () => {
  test.each([
    ['dataframe_split', { columns: ['age', 'plan'], data: [[31, 'pro']], index: [4] }],
    ['dataframe_records', [row]],
    ['instances', [row]],
    ['inputs', { age: [31], plan: ['pro'] }],
    ['inputs', row],
  ])('takes %s', async (form, value) => {
    const { status, headers, body } = await invoke({ [form]: value, params: { a: 1 } });
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(body)).toEqual({ predictions: [{ score: 0.75, label: 'yes' }] });
  });

  test('takes CSV, of a header alone too', async () => {
    expect(JSON.parse((await csv('age,plan\n31,pro\n')).body).predictions).toEqual([{ score: 0.75, label: 'yes' }]);
    expect(JSON.parse((await csv('age,plan\n')).body)).toEqual({ predictions: [] });
  });

  test('answers as the model does in Python: several classes by column, regression with no label', async () => {
    const { body } = await invoke({ inputs: [{ mass: 1 }] }, { predictors: { penguin: penguin() } });
    const probabilities = { probability_Adelie: 0.5, probability_Chinstrap: 0.25, probability_Gentoo: 0.25 };
    expect(JSON.parse(body).predictions).toEqual([{ score: 0.5, label: 'Adelie', ...probabilities }]);
  });

  test.each<[string, unknown, number, string]>([
    ['a value of the wrong type', { inputs: [{ age: 'hunter2', plan: 'pro' }] }, 400, 'BAD_REQUEST'],
    ['a missing column', { inputs: [{ age: 3 }] }, 400, 'INVALID_PARAMETER_VALUE'],
    ['too many rows', { inputs: [row, row, row] }, 413, 'BAD_REQUEST'],
    ['two forms', { inputs: [row], instances: [row] }, 400, 'BAD_REQUEST'],
  ])("refuses %s in MLflow's form, with no value", async (_what, body, status, code) => {
    const answer = await invoke(body, { maxBatchRows: 2 });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'made' });
    expect(JSON.parse(answer.body)).toEqual({ error_code: code, message: expect.any(String) });
    expect(answer.body).not.toContain('hunter2');
  });

  test('refuses media types in plain text', async () => {
    const { status, headers } = await csv('x', 'text/plain');
    expect([status, headers['content-type']]).toEqual([415, 'text/plain; charset=utf-8']);
  });

  test('tells nothing of a failure, and who must authenticate that they must', async () => {
    const failed = await invoke({ inputs: [{ x: 1 }] }, { predictors: { broken: broken() } });
    expect([failed.status, JSON.parse(failed.body).error_code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(failed.body).not.toMatch(/secret|4711/);
    const many = await invoke({ inputs: [row] }, { predictors: { a: prospect(), b: prospect() } });
    expect([many.status, JSON.parse(many.body).error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  test('tells the observer, and counts its rows', async () => {
    const observer = { predicted: vi.fn(), predictedTable: vi.fn(), refused: vi.fn() };
    await invoke({ inputs: [row, row] }, { observer, generatePredictionId: () => 'id' });
    expect(observer.predicted.mock.calls.map(([model, id]) => [model, id])).toEqual([
      ['prospect', 'id-0'],
      ['prospect', 'id-1'],
    ]);
    await invoke({ inputs: [{ plan: 3 }] }, { observer });
    expect(observer.refused).toHaveBeenCalledTimes(1);
  });
});

describe('GET /ping', () => {
  test('says whether the default model is ready', async () => {
    expect((await ask(routesOf(), { method: 'GET', path: '/ping' })).body).toBe('\n');
    const away = await ask(routesOf({ isReady: () => false }), { method: 'GET', path: '/ping' });
    expect([away.status, JSON.parse(away.body).error_code]).toEqual([503, 'TEMPORARILY_UNAVAILABLE']);
  });
});
