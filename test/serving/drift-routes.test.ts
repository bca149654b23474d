import { expect, test } from 'vitest';
import { driftReference } from '../../src/drift/reference/make-drift-reference.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { diamond, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

const age = Float64Array.from({ length: 500 }, (_, i) => 20 + (i % 40));
const plan = new DictionaryColumn(
  Int32Array.from({ length: 500 }, (_, i) => i % 2),
  ['free', 'pro'],
);
const reference = driftReference(
  makeTable([
    ['age', age],
    ['plan', plan],
  ]),
  {
    fields: [
      { name: 'age', type: 'number', nullable: true },
      { name: 'plan', type: 'string', nullable: true },
    ],
  },
);

test('drift of what a model answered lately is told as JSON, or as a page where that is preferred', async () => {
  const predictors = { prospect: prospect(), diamond: diamond() };
  const referenceOf = (served: string) => (served === 'prospect' ? reference : undefined);
  const routes = createRoutes({ predictors, monitor: await monitor({ predictors, referenceOf }), auth: 'none' });
  for (let i = 0; i < 30; i++) await askJson(routes, '/predict/prospect', { age: 90 + i, plan: 'pro' });
  const get = { method: 'GET', path: '/monitoring/drift/prospect' } as const;
  const report = JSON.parse((await ask(routes, get)).body);
  expect(report).toMatchObject({ format: 'tabwright.drift/1', isDrifted: true, current: { nRows: 30 } });
  expect(report.columns[0]).toMatchObject({ name: 'age', isDrifted: true, quality: { above: 1, changes: ['range'] } });
  const page = await ask(routes, { ...get, headers: { accept: 'text/html' } });
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.body).toContain('<h1>Drift of prospect</h1>');
  const without = await ask(routes, { ...get, path: '/monitoring/drift/diamond' });
  expect([without.status, JSON.parse(without.body).code]).toEqual([404, 'MODEL_NOT_FOUND']);
});
