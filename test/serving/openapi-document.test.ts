import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Predictor } from '../../src/core/predictor.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { diamond, penguin, prospect } from '../adapters/models.js';
import { ask, askJson } from './ask.js';

type Document = Record<string, never> & {
  readonly info: { readonly title: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

async function documentOf(options: ServingOptions, basePath = ''): Promise<Document> {
  const { body } = await ask(createRoutes(options), { method: 'GET', path: '/openapi.json', basePath });
  return JSON.parse(body);
}

async function expectValid(document: Record<string, unknown>): Promise<void> {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
}

describe('openapiDocument', () => {
  const three = { prospect: prospect(), penguin: penguin(), diamond: diamond() };

  test('is valid OpenAPI 3.1, with no model, one and several', async () => {
    await expectValid(await documentOf({ predictors: {} }));
    await expectValid(await documentOf({ predictors: { prospect: prospect() } }, '/ml'));
    await expectValid(await documentOf({ predictors: three, defaultModel: 'penguin' }));
  });

  test('has a path a model, and those of the default model only where there is one', async () => {
    const shared = ['/health', '/health/live', '/health/ready', '/openapi.json', '/docs'];
    const named = Object.keys(three).flatMap((name) => [
      `/predict/${name}`,
      `/predict/batch/${name}`,
      `/explain/${name}`,
    ]);
    const several = await documentOf({ predictors: three });
    expect(Object.keys(several.paths).sort()).toEqual([...shared, ...named].sort());
    const chosen = await documentOf({ predictors: three, defaultModel: 'diamond' });
    expect(Object.keys(chosen.paths).sort()).toEqual(
      [...shared, ...named, '/predict', '/predict/batch', '/explain'].sort(),
    );
  });

  test('gives every operation a name of its own', async () => {
    const { paths } = await documentOf({ predictors: { ...three, batch_x: prospect() }, defaultModel: 'prospect' });
    const names = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(names).size).toBe(names.length);
  });

  test('says where it is mounted', async () => {
    expect((await documentOf({ predictors: three })).servers).toEqual([{ url: '/' }]);
    const routes = createRoutes({ predictors: three });
    for (const basePath of ['/ml', '/api']) {
      const { body } = await ask(routes, { method: 'GET', path: '/openapi.json', basePath });
      expect(JSON.parse(body).servers).toEqual([{ url: basePath }]);
    }
  });

  test.each([
    ['prospect', { age: null, plan: 'pro' }, { age: 3 }],
    ['penguin', { mass: 4000 }, { mass: null }],
    ['diamond', { carat: 0.5 }, { carat: '0.5' }],
  ])('describes the rows and answers of %s as they are', async (name, row, badRow) => {
    const routes = createRoutes({ predictors: three });
    const schemas = (await documentOf({ predictors: three })).components.schemas;
    const rowHolds = new Ajv2020({ strict: false }).compile(schemas[`${name}.Row`] as object);
    const answerHolds = new Ajv2020({ strict: false }).compile(schemas[`${name}.Prediction`] as object);
    expect(rowHolds(row)).toBe(true);
    expect(rowHolds(badRow)).toBe(false);
    const { body } = await askJson(routes, `/predict/${name}`, row);
    expect(answerHolds(JSON.parse(body))).toBe(true);
  });

  test('describes errors as they are', async () => {
    const routes = createRoutes({ predictors: three });
    const { components } = await documentOf({ predictors: three });
    const holds = new Ajv2020({ strict: false }).compile(components.schemas.Problem as object);
    for (const row of [{ age: 'x' }, [], null]) {
      const { body } = await askJson(routes, '/predict/prospect', row);
      expect(holds(JSON.parse(body))).toBe(true);
    }
  });

  test('follows a model that was swapped', async () => {
    const first = prospect();
    const other = stubPredictor({ spec: penguin().spec });
    let live: Predictor = first;
    const predictor: Predictor = {
      ...first,
      get current() {
        return live.current;
      },
      get spec() {
        return live.spec;
      },
    };
    const routes = createRoutes({ predictors: { model: predictor } });
    const row = async () => {
      const { body } = await ask(routes, { method: 'GET', path: '/openapi.json' });
      return JSON.parse(body).components.schemas['model.Row'].required;
    };
    expect(await row()).toEqual(['plan']);
    live = other;
    expect(await row()).toEqual(['mass']);
  });
});
