// The Open Inference Protocol: one bundle behind the real MLServer and behind the routes here, answer by answer.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import { childServer } from './child-server.js';
import type { V2Case } from './open-inference-cases.js';
import { V2_CASES } from './open-inference-cases.js';
import { hasEnvironment } from './run-python.js';

const BIN = join(import.meta.dirname, '../../.cache/peers/mlserver/bin');
const FOLDER = mkdtempSync(join(tmpdir(), 'tabwright-v2-'));

/** Starts MLServer on a model directory, with its runtime for MLflow's models. */
async function serveByMlserver(uri: string): Promise<RunningHost> {
  const folder = join(FOLDER, 'mlserver');
  mkdirSync(join(folder, 'm'), { recursive: true });
  const model = { name: 'm', implementation: 'mlserver_mlflow.MLflowRuntime', parameters: { uri, version: '1' } };
  writeFileSync(join(folder, 'm/model-settings.json'), JSON.stringify(model));
  const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}`, MLFLOW_DISABLE_TELEMETRY: 'true' };
  const { port, stop } = await childServer(
    (free) => {
      // Ports of gRPC and of metrics, which nobody asks here.
      const ports = { http_port: free, grpc_port: free + 1, metrics_port: free + 2 };
      const settings = { host: '127.0.0.1', parallel_workers: 0, ...ports };
      writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
      return [join(BIN, 'mlserver'), 'start', folder];
    },
    { env },
  );
  const origin = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < 60_000; waited += 250) {
    if ((await fetch(`${origin}/v2/models/m/ready`)).ok) break;
    await setTimeout(250);
  }
  return { origin, close: stop };
}

describe.skipIf(!hasEnvironment('mlserver'))('the Open Inference Protocol', () => {
  let theirs: RunningHost;
  let ours: RunningHost;

  beforeAll(async () => {
    const registry = fileRegistry(join(FOLDER, 'models'));
    const request = { name: 'm', data: makeProspects(300), features: prospect, model: 'lightgbm' };
    await createTrainer({ registry }).train({ ...request, validation: { folds: 0 } });
    const predictor = await createPredictor({ registry, model: 'm' });
    ours = await HOSTS.fastify({ predictors: { m: predictor }, openInference: true });
    theirs = await serveByMlserver(join(FOLDER, 'models/m/versions/1'));
  });
  afterAll(async () => {
    await ours?.close();
    await theirs?.close();
    rmSync(FOLDER, { recursive: true, force: true });
  });

  const both = async (sent: Parameters<typeof exchange>[1]) =>
    (await Promise.all([exchange(theirs.origin, sent), exchange(ours.origin, sent)])) as [Received, Received];

  test.each(V2_CASES)('$name', async ({ body, agreement }: V2Case) => {
    const headers = { 'content-type': 'application/json' };
    const [expected, received] = await both({ method: 'POST', path: '/v2/models/m/infer', headers, body });
    if (agreement === 'same') {
      expect([expected.status, received.status]).toEqual([200, 200]);
      expectSameAnswer(received, expected);
    } else if (agreement === 'answered here') {
      expect(received.status).toBe(200);
    } else {
      expect(received.status).toBe(400);
      expect(JSON.parse(received.text)).toEqual({ error: expect.any(String) });
      expect(received.text).not.toContain('hunter2');
      if (agreement === 'refused by both') expect(expected.status).toBe(422);
    }
  });

  test('gives an answer without an id one of its own', async () => {
    const [first] = V2_CASES as [V2Case];
    const { id: _, ...body } = JSON.parse(first.body);
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', path: '/v2/models/m/versions/1/infer', headers, body: JSON.stringify(body) };
    for (const { text } of await both(sent)) expect(JSON.parse(text).id).toMatch(/^[\da-f-]{36}$/);
  });

  test.each(['/v2/models/m', '/v2/models/m/versions/1'])('%s describes the same tensors', async (path) => {
    const [expected, received] = (await both({ path })).map(({ text }) => JSON.parse(text));
    // MLServer leaves platform and versions empty.
    expect({ ...received, platform: '', versions: [] }).toEqual(expected);
  });

  test.each(['', '/health/live', '/health/ready', '/models/m/ready', '/models/m/versions/1/ready'])(
    '/v2%s is answered alike',
    async (path) => {
      const [expected, received] = await both({ path: `/v2${path}` });
      expect(received.status).toBe(expected.status);
      if (path === '') expect(Object.keys(JSON.parse(received.text))).toEqual(Object.keys(JSON.parse(expected.text)));
    },
  );

  test.each(['/nobody', '/nobody/ready', '/m/versions/2', '/m/versions/2/ready'])(
    '/v2/models%s is not there',
    async (path) => {
      const [expected, received] = await both({ path: `/v2/models${path}` });
      expect([expected.status, received.status]).toEqual([404, 404]);
      expect(Object.keys(JSON.parse(received.text))).toEqual(Object.keys(JSON.parse(expected.text)));
    },
  );
});

function expectSameAnswer(received: Received, expected: Received): void {
  const [own, other] = [received, expected].map(({ text }) => JSON.parse(text));
  expect(received.headers['content-type']?.split(';')[0]).toBe(expected.headers['content-type']);
  for (const [k, output] of other.outputs.entries()) {
    // The two sum trees in another order.
    if (output.datatype === 'FP64') {
      for (const [i, value] of output.data.entries()) expect(own.outputs[k].data[i]).toBeCloseTo(value, 9);
      own.outputs[k].data = output.data;
    }
  }
  expect(own).toEqual(other);
}
