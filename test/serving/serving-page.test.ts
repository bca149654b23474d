// docs/serving.md: its programs run as they stand but for port and registry, its table lists every route, its answers are ours.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lazyJobQueue } from '../../src/jobs/lazy-job-queue.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { exchange, postJson } from '../adapters/exchange.js';

const PAGE = readFileSync('docs/serving.md', 'utf8');
const FOLDER = resolve('build/serving-page');
/** The key whose digest the page shows. */
const SHOP = { 'x-api-key': 'shop-key-0123456789abcdef' };
const PLANS = ['free', 'team', 'pro'] as const;

beforeAll(async () => {
  const features = defineFeatures({
    row: z.object({ age: z.int().nullable(), plan: z.enum(PLANS), lastSeenDays: z.number().nullable() }),
    target: { column: 'converted', task: 'binary', positive: 1 },
  });
  const data = {
    load: async () => ({
      data: makeTable([
        ['age', Float64Array.from({ length: 60 }, (_, i) => 20 + i)],
        [
          'plan',
          new DictionaryColumn(
            Int32Array.from({ length: 60 }, (_, i) => i % 3),
            PLANS,
          ),
        ],
        ['lastSeenDays', Float64Array.from({ length: 60 }, (_, i) => i % 9)],
        ['converted', Float64Array.from({ length: 60 }, (_, i) => Number(i % 9 < 4))],
      ]),
    }),
  };
  const registry = fileRegistry(join(FOLDER, 'models'));
  await createTrainer({ registry }).train({ name: 'prospect-conversion', data, features, model: 'constant' });
});

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] as string,
  );
}

/** Imports a program of the page that exports its handler. */
async function load(program: string, name: string) {
  const source = program
    .replace("'tabwright/predict'", "'../../src/predict.js'")
    .replace(/'tabwright\/(fetch|lambda)'/, "'../../adapters/$1.js'")
    .replace("'./models'", JSON.stringify(join(FOLDER, 'models')));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.ts`), source);
  return import(join(FOLDER, `${name}.ts`));
}

/** Runs a program of the page and gives its listening server. */
async function run(program: string, name: string): Promise<Server> {
  const source = program
    .replace("'tabwright'", "'../../src/index.js'")
    .replace(/'tabwright\/(fastify|express)'/, "'../../adapters/$1.js'")
    .replace("'./artifacts'", JSON.stringify(join(FOLDER, 'artifacts')))
    .replace("'./models'", JSON.stringify(join(FOLDER, 'models')))
    .replace('{ logger: true }', '')
    .replace('port: 8080', 'port: 0')
    .replace('app.listen(8080', 'export const server = app.listen(0');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    join(FOLDER, `${name}.ts`),
    `${source}\n${source.includes('server =') ? '' : 'export const { server } = app;'}`,
  );
  const { server } = await import(join(FOLDER, `${name}.ts`));
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  return server;
}

describe('docs/serving.md', () => {
  test('has programs that serve the example request', async () => {
    const programs = blocks('ts');
    expect(programs).toHaveLength(3);
    const body = /-d '(.*)'/.exec(blocks('sh')[0] as string)?.[1] as string;
    for (const [i, program] of programs.entries()) {
      const server = await run(program, `program-${i}`);
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { status, text } = await exchange(origin, postJson('/ml/predict', body, SHOP));
      expect([status, Object.keys(JSON.parse(text))]).toEqual([200, ['id', 'score', 'label', 'version', 'model']]);
      const refused = await exchange(origin, postJson('/ml/predict', { age: '31', plan: 'pro' }, SHOP));
      const shown = JSON.parse(blocks('json')[0] as string);
      expect(JSON.parse(refused.text)).toEqual({ ...shown, requestId: expect.any(String) });
      await new Promise((done) => server.close(done));
    }
  });

  test('has a fetch handler and a Lambda handler that score the example row', async () => {
    const body = /-d '(.*)'/.exec(blocks('sh')[0] as string)?.[1] as string;
    const headers = { 'content-type': 'application/json' };
    const [fetching, invoked] = blocks('js');
    const server = await load(fetching as string, 'fetch');
    const request = new Request('http://localhost/ml/predict', { method: 'POST', headers, body });
    expect(await (await server.default.fetch(request)).json()).toHaveProperty('score');
    const { handler } = await load(invoked as string, 'lambda');
    const event = {
      version: '2.0',
      rawPath: '/ml/predict',
      requestContext: { http: { method: 'POST' } },
      headers,
      body,
    };
    expect(JSON.parse((await handler(event)).body)).toHaveProperty('score');
  });

  test('lists every route', () => {
    const listed = [...PAGE.matchAll(/`(GET|POST|PUT|DELETE) (\/[^`]*)`/g)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    const jobs = lazyJobQueue(() => Promise.reject(new Error('no job is asked for')));
    const everything = { auth: 'none', registry: fileRegistry(FOLDER), artifacts: FOLDER, recipes: {}, jobs } as const;
    const declared = createRoutes({ predictors: {}, ...everything }).map(({ method, path }) => `${method} ${path}`);
    expect(listed.sort()).toEqual(declared.sort());
  });
});
