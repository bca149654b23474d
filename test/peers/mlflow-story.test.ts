// The whole story on a real MLflow server: train, register, promote, predict in Node; read by MLflow's own Python client.

import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { mlflowClient } from '../../src/mlflow/mlflow-client.js';
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { mlflowTracker } from '../../src/mlflow/mlflow-tracker.js';
import { syncMlflow } from '../../src/mlflow/sync-mlflow.js';
import { type MlflowWebhookEvent, verifyMlflowWebhook } from '../../src/mlflow/verify-mlflow-webhook.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { watchAlias } from '../../src/prediction/watch-alias.js';
import { checkRegistry } from '../../src/testing/check-registry.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { hasMlflow, useMlflow } from './mlflow-server.js';
import { readByPython, trainProspects } from './mlflow-training.js';

describe.skipIf(!hasMlflow)('a real MLflow server', () => {
  const server = useMlflow();
  const { spool } = server;
  const tracker = () => mlflowTracker({ uri: server.uri, spool });

  it('keeps every promise of a registry', async () => {
    await checkRegistry(() => mlflowRegistry({ uri: server.uri }));
  });

  it('holds a training whole: run, dataset, curves, plots, and one logged model behind the champion', async () => {
    const registry = mlflowRegistry({ uri: server.uri });
    const { version, metrics, warnings } = await trainProspects(registry, tracker(), 'prospects');
    expect(warnings).toEqual([]);
    expect(version).toMatchObject({ version: 1, aliases: ['champion'], tags: { team: 'growth' } });
    expect(readdirSync(spool).filter((name) => !name.startsWith('.'))).toEqual([]);

    const { runs, logged, versions } = readByPython(server.uri, 'prospects');
    const [run] = runs;
    const [model] = logged;
    expect([runs.length, logged.length, versions.length]).toEqual([1, 1, 1]);
    expect(run).toMatchObject({ name: 'prospects', status: 'FINISHED', models: [model?.id] });
    expect(run?.params).toMatchObject({ model: 'lightgbm', numIterations: '30', seed: '0', nRows: '200' });
    expect(run?.metrics.auc).toBe(metrics.auc?.mean);
    const [, curve] = Object.entries(run?.history ?? {}).find(([key]) => key.startsWith('held_out_')) ?? [];
    expect(curve?.length).toBeGreaterThan(4);
    expect(curve?.map(([step]) => step)).toEqual(curve?.map((_, i) => i + 1));
    expect(run?.tags).toMatchObject({
      team: 'growth',
      'tabwright.model': 'prospects/1',
      'mlflow.source.type': 'LOCAL',
    });
    expect(run?.tags['mlflow.note.content']).toContain('# prospects');
    const plots = ['roc', 'precision-recall', 'calibration', 'confusion', 'importance', 'shap', 'learning'];
    expect(run?.artifacts).toEqual(
      expect.arrayContaining([
        ...['README.md', 'environment.json'],
        ...plots.flatMap((plot) => [`plots/${plot}.svg`, `plots/${plot}.json`]),
      ]),
    );
    for (const [key, { folds }] of Object.entries(metrics)) {
      expect(run?.history[`fold_${key}`]).toEqual(folds.map((value, step) => [step, value]));
    }
    expect(run?.datasets).toMatchObject([{ name: 'prospects', context: ['training'], profile: { num_rows: 200 } }]);
    expect(run?.datasets[0]?.schema.mlflow_colspec).toHaveLength(4);
    expect(model).toMatchObject({ status: 'READY', run: run?.id, inputs: ['age', 'visits', 'plan', 'active'] });
    expect(model).toMatchObject({ outputs: ['score', 'label'], example: ['age', 'visits', 'plan', 'active'] });
    expect(model?.params).toEqual(run?.params);
    const measured = model?.metrics.find(([key]) => key === 'auc');
    expect(measured).toEqual(['auc', metrics.auc?.mean, 'prospects', run?.datasets[0]?.digest]);
    expect(versions[0]).toMatchObject({ source: `models:/${model?.id}`, run: run?.id, aliases: ['champion'] });
  });

  it('serves the champion in Node, and moves on when the alias does', async () => {
    const registry = mlflowRegistry({ uri: server.uri });
    await trainProspects(registry, undefined, 'moving');
    await trainProspects(registry, undefined, 'moving');
    const predictor = await createPredictor({ registry, model: 'moving@champion' });
    expect(predictor.predictOne({ age: 30, visits: 2, plan: 'pro', active: true })).toMatchObject({ version: 1 });
    const ended = new AbortController();
    const seen = watchAlias(
      registry,
      'moving@champion',
      {
        intervalMs: 50,
        signal: ended.signal,
        onChange: async () => {
          await predictor.reload();
          ended.abort();
        },
      },
      1,
    );
    await registry.setAlias('moving', 'champion', 2, 'better');
    await seen;
    expect(predictor.predictOne({ age: 30, visits: 2, plan: 'pro', active: true })).toMatchObject({ version: 2 });
  });

  it('tells of alias changes by signed webhooks', async () => {
    const events: MlflowWebhookEvent[] = [];
    const hook = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      response.end();
      events.push(verifyMlflowWebhook(request.headers, body, 'secret-of-the-hook'));
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const { port } = hook.address() as { port: number };
    await fetch(`${server.uri}/api/2.0/mlflow/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'reload',
        url: `http://127.0.0.1:${port}/hook`,
        events: [{ entity: 'MODEL_VERSION_ALIAS', action: 'CREATED' }],
        secret: 'secret-of-the-hook',
        status: 'ACTIVE',
      }),
    });
    const registry = mlflowRegistry({ uri: server.uri });
    await registry.put('hooked', new Map([['model', new Uint8Array(1)]]));
    await expect
      .poll(() => events, { timeout: 20_000 })
      .toMatchObject([
        { entity: 'model_version_alias', action: 'created', data: { name: 'hooked', alias: 'champion', version: '1' } },
      ]);
    hook.close();
  });

  it('has changes made in its own pages in the history', async () => {
    const registry = mlflowRegistry({ uri: server.uri });
    const files = new Map([['model', new Uint8Array(1)]]);
    for (let i = 0; i < 2; i++) await registry.put('outside', files);
    await mlflowClient({ uri: server.uri }).registeredModels.setAlias('outside', 'champion', 2);
    const history = await registry.history('outside');
    expect(history).toMatchObject([
      { alias: 'champion', from: null, to: 1, reason: 'first version' },
      { alias: 'champion', from: 1, to: 2, reason: 'changed outside of this registry' },
    ]);
  });

  it('takes a run that was kept while it was down, once, however often it is sent', async () => {
    const down = mlflowTracker({ uri: 'http://127.0.0.1:9', retries: 0, spool });
    const { warnings } = await trainProspects(memoryRegistry(), down, 'kept');
    expect(warnings).toEqual([expect.stringMatching(/connection failed.*kept in .*tabwright mlflow sync/)]);
    const { delivered, failed } = await syncMlflow({ uri: server.uri, spool });
    expect([delivered.length, failed]).toEqual([1, []]);
    expect((await syncMlflow({ uri: server.uri, spool })).delivered).toEqual([]);
    const { runs, logged } = readByPython(server.uri, 'kept');
    expect(runs).toMatchObject([{ status: 'FINISHED', params: { model: 'lightgbm' }, models: [logged[0]?.id] }]);
    expect(logged).toHaveLength(1);
  });

  it('goes on with a run: one that ended, one of another program, and one that is still to be sent', async () => {
    const client = mlflowClient({ uri: server.uri });
    const watch = async (runId: string | undefined, step: number, at = tracker()) => {
      const run = await at.start({ experiment: 'watched', runName: 'prospects', tags: { step: String(step) }, runId });
      await run.logMetrics([{ key: 'psi', value: step / 10, step }]);
      await run.end('finished');
      return run.id;
    };
    const first = await watch(undefined, 0);
    expect(await watch(first, 1)).toBe(first);
    const down = mlflowTracker({ uri: 'http://127.0.0.1:9', retries: 0, spool });
    await expect(watch(first, 2, down)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await expect(watch(first, 3, down)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect((await syncMlflow({ uri: server.uri, spool })).delivered).toHaveLength(2);
    expect((await client.runs.metricHistory(first, 'psi')).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(await client.runs.get(first)).toMatchObject({ status: 'FINISHED', runName: 'prospects' });

    const { experimentId } = await client.experiments.ensure('elsewhere');
    const key = { tag: 'made.by', value: 'another program' };
    const given = { experimentId, runName: 'spark job', startTimeMs: Date.now(), tags: {}, key };
    const { runId } = await client.runs.ensure(given);
    await trainProspects(memoryRegistry(), tracker(), 'resumed', runId);
    expect(await client.runs.get(runId)).toMatchObject({
      ...{ experimentId, runName: 'spark job', status: 'FINISHED' },
      params: { model: 'lightgbm' },
      tags: { team: 'growth' },
      modelIds: [expect.any(String)],
    });
    await expect(watch("'; drop", 4)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('loses nothing of 64 trainings that log at once', async () => {
    const shared = tracker();
    const trainings = Array.from({ length: 64 }, async (_, i) => {
      const run = await shared.start({ experiment: 'crowd', runName: `run ${i}`, tags: {} });
      await run.logParams({ i: String(i) });
      await run.logMetrics(
        Array.from({ length: 1200 }, (_, step) => ({ key: 'loss', value: i + 1 / (1 + step), step })),
      );
      await run.logArtifacts(new Map([['i.txt', new TextEncoder().encode(String(i))]]));
      await run.end('finished');
    });
    await Promise.all(trainings);
    const client = mlflowClient({ uri: server.uri });
    const { experimentId } = await client.experiments.ensure('crowd');
    const runs = await client.runs.search({ experimentIds: [experimentId], filter: "attributes.status = 'FINISHED'" });
    expect(runs.map(({ params }) => Number(params.i)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 64 }, (_, i) => i),
    );
    for (const { runId, artifactUri, params } of runs) {
      expect(await client.runs.metricHistory(runId, 'loss')).toHaveLength(1200);
      expect(Buffer.from((await client.artifacts.read(artifactUri, 'i.txt')) ?? []).toString()).toBe(params.i);
    }
  });
});
