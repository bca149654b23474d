import { describe, expect, it } from 'vitest';
import type { PutOptions, Registry } from '../../src/core/registry.js';
import type { MetricPoint, RunStart, TrackedDataset, Tracker } from '../../src/core/tracker.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from './prospects.js';

const request = {
  name: 'prospects',
  features: prospect,
  model: 'lightgbm',
  validation: { folds: 3 },
  seed: 7,
} as const;
const early = { params: { num_iterations: 20, early_stopping_rounds: 5 } };

/** A tracker that keeps what it gets. */
function recorder() {
  const kept = {
    starts: [] as RunStart[],
    params: {} as Record<string, string>,
    metrics: [] as MetricPoint[],
    files: new Map<string, Uint8Array>(),
    datasets: [] as TrackedDataset[],
    ends: [] as string[],
  };
  const tracker: Tracker = {
    async start(run) {
      kept.starts.push(run);
      return {
        id: 'run-1',
        logParams: async (params) => void Object.assign(kept.params, params),
        logMetrics: async (points) => void kept.metrics.push(...points),
        logArtifacts: async (files) => void [...files].map(([path, bytes]) => kept.files.set(path, bytes)),
        logDataset: async (dataset) => void kept.datasets.push(dataset),
        logModel: async () => {},
        end: async (status) => void kept.ends.push(status),
      };
    },
  };
  return { kept, tracker };
}

describe('the record of a training', () => {
  it('has parameters, metrics by fold, the learning curve by round, plots with their numbers, and the environment', async () => {
    const { kept, tracker } = recorder();
    const began = Date.now();
    const { metrics } = await createTrainer({ registry: memoryRegistry(), tracker }).train({
      ...request,
      ...early,
      data: makeProspects(200),
      experiment: 'e',
      tags: { team: 'growth' },
    });
    expect(kept.starts).toMatchObject([{ experiment: 'e', runName: 'prospects', tags: { team: 'growth' } }]);
    expect(kept.starts[0]?.startTimeMs).toBeGreaterThanOrEqual(began);
    expect(kept.params).toMatchObject({ model: 'lightgbm', seed: '7', nRows: '200' });
    expect(JSON.parse(kept.params.validation ?? '')).toMatchObject({ folds: 3 });
    const values = (key: string) => kept.metrics.filter((point) => point.key === key);
    expect(values('auc')).toEqual([{ key: 'auc', value: metrics.auc?.mean, step: 0 }]);
    expect(values('fold_auc').map(({ value }) => value)).toEqual(metrics.auc?.folds);
    const curve = kept.metrics.filter(({ key }) => key.startsWith('held_out_'));
    expect(curve.map(({ step }) => step)).toEqual(curve.map((_, i) => i + 1));
    expect(curve.length).toBeGreaterThan(4);
    const json = (path: string) => JSON.parse(new TextDecoder().decode(kept.files.get(path)));
    expect(json('environment.json')).toMatchObject({ node: process.version });
    expect(json('plots/learning.json').values).toEqual(curve.map(({ value }) => value));
    const { fpr, tpr, thresholds } = json('plots/roc.json');
    expect([fpr[0], tpr[0], thresholds[0], fpr.at(-1), tpr.at(-1)]).toEqual([0, 0, null, 1, 1]);
    expect(json('plots/confusion.json').counts.reduce((sum: number, count: number) => sum + count)).toBe(200);
    for (const path of ['README.md', 'plots/roc.svg', 'plots/importance.json']) expect(kept.files.has(path)).toBe(true);
    expect(kept.ends).toEqual(['finished']);
  });

  it('names the rows by a digest that changes with any of them and with nothing else', async () => {
    const digest = async (seed: number, nRows: number, modelSeed: number) => {
      const { kept, tracker } = recorder();
      const data = makeProspects(nRows, seed);
      await createTrainer({ registry: memoryRegistry(), tracker }).train({ ...request, data, seed: modelSeed });
      expect(kept.datasets).toMatchObject([{ name: 'prospects', context: 'training', nRows }]);
      return kept.datasets[0]?.digest;
    };
    const first = await digest(1, 120, 0);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await digest(1, 120, 5)).toBe(first);
    expect(await digest(2, 120, 0)).not.toBe(first);
    expect(await digest(1, 121, 0)).not.toBe(first);
  });

  it('names its run to the registry, and ends as failed where the registry refuses', async () => {
    const { kept, tracker } = recorder();
    const memory = memoryRegistry();
    const runs: (string | undefined)[] = [];
    const put = async (name: string, files: ReadonlyMap<string, Uint8Array>, options?: PutOptions) => {
      runs.push(options?.runId);
      if (runs.length > 1) throw new Error('full');
      return memory.put(name, files, options);
    };
    const registry: Registry = Object.assign(Object.create(memory), { put });
    const trainer = createTrainer({ registry, tracker });
    await trainer.train({ ...request, data: makeProspects(120) });
    await expect(trainer.train({ ...request, data: makeProspects(120) })).rejects.toThrow('full');
    expect([runs, kept.ends]).toEqual([
      ['run-1', 'run-1'],
      ['finished', 'failed'],
    ]);
  });

  it('costs a warning where no run can be started', async () => {
    const tracker: Tracker = { start: () => Promise.reject(new Error('no tracker')) };
    const { version, warnings } = await createTrainer({ registry: memoryRegistry(), tracker }).train({
      ...request,
      data: makeProspects(120),
    });
    expect([version.version, warnings]).toEqual([1, ['the run could not be recorded completely: no tracker']]);
  });
});
