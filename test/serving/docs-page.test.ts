import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createRoutes } from '../../src/serving/create-routes.js';
import { schemaExample } from '../../src/serving/docs-page/schema-example.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { diamond, penguin, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

const predictors = { prospect: prospect(), penguin: penguin(), diamond: diamond() };
const routesOf = (options: Partial<ServingOptions> = {}) =>
  createRoutes({ predictors, auth: 'none', mlflow: true, openInference: true, ...options });
const read = async (routes: ReturnType<typeof routesOf>, path = '/docs', basePath = '/ml') =>
  (await ask(routes, { method: 'GET', path, basePath })).body;

describe('GET /docs', () => {
  test('shows every operation of the document', async () => {
    const routes = routesOf();
    const { paths } = JSON.parse(await read(routes, '/openapi.json'));
    const names = Object.values<Record<string, { operationId: string }>>(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    const page = await read(routes);
    const shown = [...page.matchAll(/<details class="op" id="([^"]+)"><summary><span/g)].map(([, id]) => id);
    expect(shown.sort()).toEqual(names.sort());
  });

  test('makes no request: nothing is named that would be loaded, and the policy allows its own script alone', async () => {
    const page = await read(routesOf());
    expect(page).not.toMatch(/(src|href|action)="?(https?:)?\/\/|url\(|@import|<link|<img|<iframe/i);
    expect([...page.matchAll(/href="([^#][^"]*)"/g)]).toEqual([]);
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
    expect(scripts.length).toBe(1);
    const hash = createHash('sha256')
      .update(scripts[0] as string)
      .digest('base64');
    expect(page).toContain(`default-src 'none';style-src 'unsafe-inline';script-src 'sha256-${hash}'`);
  });

  test('links to no anchor that is not there', async () => {
    const page = await read(routesOf());
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, to] of page.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(to);
  });

  test('escapes what names and descriptions hold', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const field = { name: hostile, type: 'string', nullable: true, levels: [`${hostile}'`] } as const;
    const spec = { fields: [field], target: { column: 'y', task: 'regression' } as const };
    const page = await read(routesOf({ predictors: { m: stubPredictor({ spec }) }, title: hostile }));
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img');
  });

  test('follows a model that was swapped, and its mount point', async () => {
    const moving = stubPredictor();
    const routes = routesOf({ predictors: { m: moving } });
    expect(await read(routes)).toContain('…/ml/predict');
    expect(await read(routes, '/docs', '/api')).toContain('…/api/predict');
    expect(await read(routesOf({ openapi: false }))).not.toContain('openapi.json');
  });
});

describe('the example of a body', () => {
  test.each(Object.keys(predictors))('of %s is taken as it stands', async (name) => {
    const routes = routesOf();
    const { components, paths } = JSON.parse(await read(routes, '/openapi.json', ''));
    for (const path of [`/predict/${name}`, `/predict/batch/${name}`]) {
      const { schema } = paths[path].post.requestBody.content['application/json'];
      const { status } = await askJson(routes, path, schemaExample(schema, components.schemas));
      expect([path, status]).toEqual([path, 200]);
    }
  });

  test('of a schema that refers to itself has an end', () => {
    const list = { type: 'object', properties: { next: { $ref: '#/components/schemas/list' } } } as const;
    expect(JSON.stringify(schemaExample(list, { list })).length).toBeLessThan(100);
  });
});
