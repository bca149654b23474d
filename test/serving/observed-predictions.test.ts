import { describe, expect, test } from 'vitest';
import type { PredictionObserver } from '../../src/core/prediction-observer.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { ask, askJson } from './ask.js';

/** Writes down what it is told. */
function notes(): { told: unknown[]; observer: PredictionObserver } {
  const told: unknown[] = [];
  const observer: PredictionObserver = {
    predicted: (model, id, row, { score, version }) => told.push({ model, id, row, score, version }),
    predictedTable: (model, idOf, table, predictions) =>
      told.push({ model, ids: predictions.map((_, row) => idOf(row)), x: [...table.array('x')] }),
    refused: (model, problems) => told.push({ model, refused: problems.map(({ column, rows }) => [column, ...rows]) }),
  };
  return { told, observer };
}

function routesWith(observer: PredictionObserver) {
  let made = 0;
  const predictors = { live: stubPredictor({ name: 'registered', score: ({ x }) => (x === null ? 0 : 0.25) }) };
  return createRoutes({ predictors, observer, generatePredictionId: () => `p${++made}` });
}

describe('an observer', () => {
  test('is told about a row that was scored, as it was sent, under the id that was answered', async () => {
    const { told, observer } = notes();
    const { body } = await askJson(routesWith(observer), '/predict', { x: 2, extra: 'kept' });
    expect(Object.entries(JSON.parse(body))[0]).toEqual(['id', 'p1']);
    expect(told).toEqual([{ model: 'live', id: 'p1', row: { x: 2, extra: 'kept' }, score: 0.25, version: 1 }]);
  });

  test('is told about every row of a list', async () => {
    const { told, observer } = notes();
    const { body } = await askJson(routesWith(observer), '/predict/batch', [{ x: 2 }, {}]);
    expect(JSON.parse(body).map(({ id }: { id: string }) => id)).toEqual(['p1-0', 'p1-1']);
    expect(told).toEqual([
      { model: 'live', id: 'p1-0', row: { x: 2 }, score: 0.25, version: 1 },
      { model: 'live', id: 'p1-1', row: {}, score: 0, version: 1 },
    ]);
  });

  test('is told about a table as a table', async () => {
    const { told, observer } = notes();
    const headers = { 'content-type': 'text/csv' };
    const asked = { method: 'POST', path: '/predict/batch', headers, body: Buffer.from('x\n2\n3\n') } as const;
    const { body } = await ask(routesWith(observer), asked);
    expect(body).toMatch(/^id,score,label,model,version\np1-0,/);
    expect(told).toEqual([{ model: 'live', ids: ['p1-0', 'p1-1'], x: [2, 3] }]);
  });

  test('is told about refused rows, and nothing of requests that are no rows', async () => {
    const { told, observer } = notes();
    const routes = routesWith(observer);
    expect((await askJson(routes, '/predict', { x: 'two' })).status).toBe(422);
    expect((await askJson(routes, '/predict/batch', [{ x: 1 }, { x: 'two' }])).status).toBe(422);
    expect((await askJson(routes, '/predict', [])).status).toBe(400);
    expect(told).toEqual([
      { model: 'live', refused: [['x', 0]] },
      { model: 'live', refused: [['x', 1]] },
    ]);
  });
});
