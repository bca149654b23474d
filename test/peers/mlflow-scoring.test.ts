// MLflow's scoring protocol: one bundle behind the real `mlflow models serve` and behind the routes here, answer by answer.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import type { Received } from '../adapters/exchange.js';
import { exchange } from '../adapters/exchange.js';
import type { RunningHost } from '../adapters/hosts.js';
import { HOSTS } from '../adapters/hosts.js';
import { makeProspects, prospect } from '../training/prospects.js';
import type { ScoringCase } from './mlflow-scoring-cases.js';
import { SCORING_CASES } from './mlflow-scoring-cases.js';
import { BIN, freePort, hasMlflow, MLFLOW_ENVIRONMENT } from './mlflow-server.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'tabwright-scoring-'));
const TARGETS = {
  binary: { column: 'converted', task: 'binary', positive: 'yes' },
  multiclass: { column: 'plan_next', task: 'multiclass' },
  regression: { column: 'spend', task: 'regression' },
} as const;

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** Starts `mlflow models serve` on a model directory. */
async function serveByMlflow(directory: string): Promise<RunningHost> {
  const port = await freePort();
  const where = ['-m', directory, '--host', '127.0.0.1', '--port', String(port), '--env-manager', 'local'];
  const child = spawn(join(BIN, 'mlflow'), ['models', 'serve', ...where], {
    env: MLFLOW_ENVIRONMENT,
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    // The server is a child of the command, in its process group.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  for (let waited = 0; waited < 120_000 && child.exitCode === null; waited += 250) {
    if (
      await fetch(`${origin}/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { origin, close };
    await setTimeout(250);
  }
  await close();
  throw new Error('mlflow models serve did not start');
}

describe.skipIf(!hasMlflow).each(Object.keys(TARGETS) as (keyof typeof TARGETS)[])('a %s model', (task) => {
  let theirs: RunningHost;
  let ours: RunningHost;

  beforeAll(async () => {
    const registry = fileRegistry(join(FOLDER, task));
    const request = { name: 'm', data: makeProspects(300), features: prospect, target: TARGETS[task] };
    const model = task === 'regression' ? 'linear' : 'lightgbm';
    await createTrainer({ registry }).train({ ...request, model, validation: { folds: 0 } });
    const predictor = await createPredictor({ registry, model: 'm' });
    ours = await HOSTS.fastify({ predictors: { m: predictor }, mlflow: true, health: false });
    theirs = await serveByMlflow(join(FOLDER, task, 'm/versions/1'));
  });
  afterAll(async () => {
    await ours?.close();
    await theirs?.close();
  });

  const cases = task === 'binary' ? SCORING_CASES : SCORING_CASES.slice(0, 20);
  test.each(cases)('$name', async ({ body, type = 'application/json', agreement = 'same' }: ScoringCase) => {
    const sent = { method: 'POST', path: '/invocations', headers: { 'content-type': type }, body };
    const [expected, received] = await Promise.all([exchange(theirs.origin, sent), exchange(ours.origin, sent)]);
    if (agreement === 'refused here') {
      expect([expected.status, received.status]).toEqual([200, 400]);
      expect(JSON.parse(received.text).error_code).toBe('BAD_REQUEST');
      return;
    }
    expect(received.status).toBe(expected.status);
    expect(mediaType(received)).toBe(mediaType(expected));
    if (expected.status === 200) expectSamePredictions(received.text, expected.text);
    else expectSameError(received, expected);
  });

  test.each(['/ping', '/version'])('%s', async (path) => {
    const [expected, received] = await Promise.all([theirs, ours].map(({ origin }) => exchange(origin, { path })));
    expect(received?.status).toBe(expected?.status);
    // The version is our own; MLflow calls both texts JSON, which they are not.
    expect(received?.text).toMatch(path === '/ping' ? /^\n$/ : /^\d+\.\d+\.\d+$/);
  });
});

function mediaType({ headers }: Received): string | undefined {
  return headers['content-type']?.split(';')[0];
}

function expectSamePredictions(received: string, expected: string): void {
  const [own, other] = [received, expected].map((text) => JSON.parse(text));
  expect(Object.keys(own)).toEqual(Object.keys(other));
  expect(own.predictions.length).toBe(other.predictions.length);
  for (const [i, prediction] of other.predictions.entries()) {
    expect(Object.keys(own.predictions[i])).toEqual(Object.keys(prediction));
    for (const [name, value] of Object.entries(prediction)) {
      // The two sum trees in another order.
      if (typeof value === 'number') expect(own.predictions[i][name]).toBeCloseTo(value, 9);
      else expect(own.predictions[i][name]).toBe(value);
    }
  }
}

function expectSameError(received: Received, expected: Received): void {
  // Messages are our own: MLflow quotes the input.
  expect(received.text).not.toMatch(/4711|twelve/);
  if (expected.status === 415) return;
  expect(Object.keys(JSON.parse(received.text))).toEqual(['error_code', 'message']);
  expect(JSON.parse(received.text).error_code).toBe(JSON.parse(expected.text).error_code);
}
