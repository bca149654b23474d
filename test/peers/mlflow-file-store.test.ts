// MLflow's file layout written here: read by its Python client, shown by its real server, moved to a database by its own command.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlflowClient } from '../../src/mlflow/mlflow-client.js';
import { mlflowFileStore } from '../../src/mlflow/mlflow-file-store.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { hasMlflow, runMlflow, startMlflow } from './mlflow-server.js';
import { type ReadByPython, readByPython, trainProspects } from './mlflow-training.js';

describe.skipIf(!hasMlflow)("MLflow's file layout", () => {
  let folder: string;
  let mlruns: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabwright-mlruns-'));
    mlruns = join(folder, 'mlruns');
    const registry = memoryRegistry();
    const tracker = mlflowFileStore(mlruns);
    for (let i = 0; i < 2; i++) {
      const { warnings } = await trainProspects(registry, tracker, 'prospects');
      expect(warnings).toEqual([]);
    }
    const bare = await tracker.start({ experiment: 'prospects', runName: 'bare', tags: {} });
    await bare.end('killed');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function expectWhole({ runs, logged, versions }: ReadByPython): void {
    expect(runs.map(({ name, status }) => [name, status])).toEqual([
      ['prospects', 'FINISHED'],
      ['prospects', 'FINISHED'],
      ['bare', 'KILLED'],
    ]);
    const [run] = runs;
    const model = logged.find(({ id }) => id === run?.models[0]);
    expect(logged).toHaveLength(2);
    expect(model).toMatchObject({ status: 'READY', run: run?.id, inputs: ['age', 'visits', 'plan', 'active'] });
    expect(model?.metrics.find(([key]) => key === 'auc')).toEqual([
      'auc',
      run?.metrics.auc,
      'prospects',
      run?.datasets[0]?.digest,
    ]);
    expect(run?.params).toMatchObject({ model: 'lightgbm', seed: '0' });
    expect(run?.history.fold_auc?.map(([step]) => step)).toEqual([0, 1, 2]);
    expect(run?.artifacts).toContain('plots/roc.svg');
    expect(run?.datasets).toMatchObject([{ name: 'prospects', context: ['training'] }]);
    expect(versions.map(({ version, run: of }) => [version, of])).toEqual([
      [1, runs[0]?.id],
      [2, runs[1]?.id],
    ]);
    expect(versions[0]?.tags).toEqual({ team: 'growth' });
  }

  it("is read whole by MLflow's Python client", () => {
    expectWhole(readByPython(pathToFileURL(mlruns).href, 'prospects'));
  });

  it('leaves nothing beside it', () => {
    expect(readdirSync(join(folder, '.staging'))).toEqual([]);
  });

  it('is shown by the real server', async () => {
    const server = await startMlflow({ backend: mlruns });
    try {
      const client = mlflowClient({ uri: server.uri });
      const { experimentId } = await client.experiments.ensure('prospects');
      const runs = await client.runs.search({ experimentIds: [experimentId], filter: "params.model = 'lightgbm'" });
      expect(runs).toHaveLength(2);
      expect(await client.loggedModels.search([experimentId])).toHaveLength(2);
      expect(await client.modelVersions.list('prospects')).toHaveLength(2);
      expect((await fetch(server.uri)).headers.get('content-type')).toMatch(/html/);
    } finally {
      await server.stop();
    }
  });

  it('is moved to a database by mlflow migrate-filestore', () => {
    const database = `sqlite:///${folder}/moved.db`;
    runMlflow('migrate-filestore', '--source', mlruns, '--target', database);
    expectWhole(readByPython(database, 'prospects'));
  });
});
