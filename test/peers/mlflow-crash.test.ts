// What a kill between two requests leaves on a real server, what a second run makes of it, and what broken connections cost.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MlflowClient, mlflowClient } from '../../src/mlflow/mlflow-client.js';
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { mlflowTracker } from '../../src/mlflow/mlflow-tracker.js';
import { syncMlflow } from '../../src/mlflow/sync-mlflow.js';
import { type Child, childStarter } from '../registry/start-child.js';
import { faultProxy, type Meddle } from './fault-proxy.js';
import { hasMlflow, type MlflowServer, startMlflow } from './mlflow-server.js';
import { trainProspects } from './mlflow-training.js';

describe.skipIf(!hasMlflow)('a training on MLflow', () => {
  let server: MlflowServer;
  let folder: string;
  let client: MlflowClient;
  let start: (...args: readonly string[]) => Child;
  beforeAll(async () => {
    server = await startMlflow();
    client = mlflowClient({ uri: server.uri });
    folder = mkdtempSync(join(tmpdir(), 'tabwright-crash-'));
    start = await childStarter(folder, new URL('./mlflow-child.ts', import.meta.url));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Trains in a process that is killed when the server has answered its request of this number. @returns whether it was */
  async function killAfter(number: number, name: string, spool: string): Promise<boolean> {
    let child: Child | undefined;
    const proxy = await faultProxy(
      server.uri,
      () => 'pass',
      (answered) => {
        if (answered === number) child?.process.kill('SIGKILL');
      },
    );
    child = start(proxy.uri, name, spool);
    const { lines, errors } = await child.ended;
    await proxy.stop();
    expect(errors).toBe('');
    return lines.length === 0;
  }

  /** Whatever is visible is whole. */
  async function expectConsistent(name: string): Promise<number> {
    const registry = mlflowRegistry({ uri: server.uri });
    if (!(await registry.list()).includes(name)) return 0;
    const versions = await registry.versions(name);
    for (const { version } of versions) expect((await registry.read(name, version)).has('golden.json')).toBe(true);
    return versions.length;
  }

  it('leaves a consistent registry where it is killed after any request, and a second one completes it', async () => {
    let wasKilled = true;
    for (let number = 1; wasKilled; number += 3) {
      const name = `killed-${number}`;
      const spool = join(folder, name);
      wasKilled = await killAfter(number, name, spool);
      const before = await expectConsistent(name);

      const registry = mlflowRegistry({ uri: server.uri });
      const { version, warnings } = await trainProspects(registry, mlflowTracker({ uri: server.uri, spool }), name);
      expect([version.version, warnings]).toEqual([before + 1, []]);
      expect((await registry.get(name)).version).toBe(1);
      expect(await registry.history(name)).toMatchObject([{ alias: 'champion', from: null, to: 1 }]);

      const { delivered, failed } = await syncMlflow({ uri: server.uri, spool });
      expect(failed).toEqual([]);
      const { experimentId } = await client.experiments.ensure(name);
      const finished = await client.runs.search({
        experimentIds: [experimentId],
        filter: "attributes.status = 'FINISHED'",
      });
      expect(finished).toHaveLength(wasKilled ? 1 + delivered.length : 2);
      expect(finished.every(({ modelIds }) => modelIds.length === 1)).toBe(true);
    }
  }, 600_000);

  it('registers a model that was kept because the server was down, once', async () => {
    const spool = join(folder, 'kept');
    const down = mlflowRegistry({ uri: 'http://127.0.0.1:9', retries: 0, spool });
    await expect(trainProspects(down, undefined, 'kept')).rejects.toThrow(/kept in .*: tabwright mlflow sync sends it/);
    for (const nDelivered of [1, 0]) {
      const { delivered, failed } = await syncMlflow({ uri: server.uri, spool });
      expect([delivered.length, failed]).toEqual([nDelivered, []]);
    }
    expect(await expectConsistent('kept')).toBe(1);
    const { aliases, tags } = await mlflowRegistry({ uri: server.uri }).get('kept');
    expect([aliases, tags]).toEqual([['champion'], { team: 'growth' }]);
  });

  it.each<[string, Meddle]>([
    ['every fifth request fails with 500', (number) => (number % 5 === 0 ? 'error' : 'pass')],
    ['every fifth request is dropped', (number) => (number % 5 === 0 ? 'drop' : 'pass')],
    ['every fifth answer is lost', (number) => (number % 5 === 0 ? 'swallow' : 'pass')],
    ['every fifth answer breaks off half way', (number) => (number % 5 === 0 ? 'drop half way' : 'pass')],
    ['every twentieth request hangs', (number) => (number % 20 === 0 ? 'hang' : 'pass')],
  ])('is recorded once and whole where %s', async (what, meddle) => {
    const name = what.replaceAll(' ', '-');
    const proxy = await faultProxy(server.uri, meddle);
    const spool = join(folder, name);
    const options = { uri: proxy.uri, backoffMs: 10, timeoutMs: 2000, spool };
    const { version, warnings } = await trainProspects(mlflowRegistry(options), mlflowTracker(options), name);
    await proxy.stop();
    expect([version.version, warnings]).toEqual([1, []]);
    expect(await expectConsistent(name)).toBe(1);
    expect(readdirSync(spool).filter((entry) => !entry.startsWith('.'))).toEqual([]);
    const { experimentId } = await client.experiments.ensure(name);
    const runs = await client.runs.search({ experimentIds: [experimentId] });
    const models = await client.loggedModels.search([experimentId]);
    expect(runs).toMatchObject([{ status: 'FINISHED', modelIds: [models[0]?.modelId] }]);
    expect([models.length, models[0]?.isReady]).toEqual([1, true]);
    const points = await client.runs.metricHistory(runs[0]?.runId ?? '', 'fold_auc');
    expect(points.map(({ step }) => step).sort()).toEqual([0, 1, 2]);
  });
});
