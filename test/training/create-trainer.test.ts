import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/core/model.js';
import type { ProgressEvent } from '../../src/core/progress.js';
import type { Tracker } from '../../src/core/tracker.js';
import type { Transformer } from '../../src/core/transformer.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { stubModel } from '../../src/testing/stub-model.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { defaultPipeline } from '../../src/transforms/default-pipeline.js';
import { makeProspects, prospect } from './prospects.js';

const data = makeProspects(300);
const request = { name: 'prospects', data, features: prospect, model: 'logistic', validation: { folds: 3 } } as const;

describe('createTrainer', () => {
  it('registers a model with metrics over the folds, and makes the first version champion', async () => {
    const trainer = createTrainer({ registry: memoryRegistry() });
    const result = await trainer.train({ ...request, tags: { team: 'growth' } });
    expect(result.version).toMatchObject({
      name: 'prospects',
      version: 1,
      aliases: ['champion'],
      tags: { team: 'growth' },
    });
    expect(result.metrics.auc?.folds).toHaveLength(3);
    expect(result.metrics.auc?.mean).toBeGreaterThan(0.75);
    expect(result.nRows).toBe(300);
    expect((await trainer.train(request)).version).toMatchObject({ version: 2, aliases: [] });
  });

  it('writes a whole model directory', async () => {
    const registry = memoryRegistry();
    await createTrainer({ registry }).train(request);
    const paths = [...(await registry.read('prospects', 1)).keys()];
    const expected = [
      'MLmodel',
      'schema.json',
      'pipeline.json',
      'golden.json',
      'input_example.json',
      'metrics.json',
      'training.json',
      'README.md',
    ];
    expect(paths).toEqual(expect.arrayContaining(expected));
    expect(paths.filter((path) => path.startsWith('model/'))).not.toHaveLength(0);
    expect(paths).toEqual(expect.arrayContaining(['plots/roc.svg', 'plots/calibration.svg']));
  });

  it('gives the same model for the same seed, byte for byte', async () => {
    const registry = memoryRegistry();
    const trainer = createTrainer({ registry });
    const first = await trainer.train({ ...request, seed: 5 });
    const second = await trainer.train({ ...request, seed: 5 });
    const [a, b] = [await registry.read('prospects', 1), await registry.read('prospects', 2)];
    for (const [path, bytes] of a)
      if (!['MLmodel', 'README.md'].includes(path)) expect(b.get(path), path).toEqual(bytes);
    expect(second.metrics).toEqual(first.metrics);
    const other = await trainer.train({ ...request, seed: 6 });
    expect(other.metrics).not.toEqual(first.metrics);
  });

  it('fits the pipeline inside each fold, on no row of its test part', async () => {
    const seen: number[][] = [];
    const inner = defaultPipeline(prospect.spec.fields, 'dense');
    const spy: Transformer = {
      kind: 'spy',
      fit(rows, target) {
        seen.push(Array.from(rows.column('visits') as unknown as Float64Array));
        return inner.fit(rows, target);
      },
    };
    const visits = Float64Array.from({ length: 90 }, (_, row) => row);
    const rows = makeProspects(90).assign(table({ visits }));
    await createTrainer({ registry: memoryRegistry() }).train({
      ...request,
      data: rows,
      pipeline: spy,
      validation: { folds: 3, stratified: false, shuffle: false },
    });
    expect(seen.map((each) => each.length)).toEqual([60, 60, 60, 90]);
    const tested = seen.slice(0, 3).map((each) => Array.from(visits).filter((row) => !each.includes(row)));
    expect(tested.flat().sort((a, b) => a - b)).toEqual(Array.from(visits));
  });

  it('hands every fit a seed, a signal and a listener, and nothing else of the request', async () => {
    const seen: object[] = [];
    const inner = stubModel();
    const spy: Model = {
      ...inner,
      fit(train, options) {
        seen.push(Object.keys(options ?? {}).sort());
        return inner.fit(train, options);
      },
    };
    await createTrainer({ registry: memoryRegistry() }).train({ ...request, model: spy });
    expect(seen).toEqual(Array(4).fill(['onProgress', 'seed', 'signal']));
  });

  it.each(['lightgbm', 'xgboost', 'catboost'])('trains %s on rows with gaps and strings as they are', async (model) => {
    const registry = memoryRegistry();
    const params = { numIterations: 20 };
    const { metrics } = await createTrainer({ registry }).train({ ...request, model, params });
    expect(metrics.auc?.mean).toBeGreaterThan(0.75);
    const predictor = await createPredictor({ registry, model: 'prospects' });
    expect(predictor.predictOne({ age: null, visits: 3, plan: 'never seen', active: true }).score).toBeGreaterThan(0);
  });

  it('stops early by rows it holds back, keeps the best round and draws the learning curve', async () => {
    const registry = memoryRegistry();
    const params = { numIterations: 300, earlyStoppingRounds: 10 };
    await createTrainer({ registry }).train({ ...request, model: 'lightgbm', params });
    const files = await registry.read('prospects', 1);
    const { summary, learningCurve } = JSON.parse(new TextDecoder().decode(files.get('training.json')));
    expect(learningCurve.values).toHaveLength(summary.nIterations + 10);
    expect(learningCurve.bestRound).toBe(summary.nIterations);
    expect(Math.min(...learningCurve.values)).toBe(learningCurve.values[summary.nIterations - 1]);
    expect(new TextDecoder().decode(files.get('plots/learning.svg'))).toContain('Held-out rows');
  });

  it('infers features where none are declared, and says what it left out', async () => {
    const ids = makeProspects(60).derive({ id: (row: { visits: number }) => `c${row.visits}` });
    const rows = ids.assign(table({ id: Array.from({ length: 60 }, (_, row) => `c${row}`) }));
    const result = await createTrainer({ registry: memoryRegistry() }).train({
      name: 'prospects',
      data: rows,
      target: { column: 'converted', positive: 'yes' },
      model: 'constant',
      validation: { folds: 2 },
    });
    expect(result.warnings).toContain('column id is no feature: every value differs, like an id');
    expect(result.features.target).toMatchObject({ task: 'binary', classes: ['no', 'yes'] });
  });

  it('takes weights from a column: weight 2 on some rows is the same as those rows twice', async () => {
    const rows = makeProspects(120);
    const doubled = rows.concat(rows.slice(0, 60));
    const weights = table({ w: Array.from({ length: 120 }, (_, row) => (row < 60 ? 2 : 1)) });
    const registry = memoryRegistry();
    const trainer = createTrainer({ registry });
    const validation = { folds: 0 };
    await trainer.train({ ...request, model: 'constant', validation, data: rows.assign(weights), weights: 'w' });
    await trainer.train({ ...request, model: 'constant', validation, data: doubled });
    const golden = async (version: number) =>
      JSON.parse(new TextDecoder().decode((await registry.read('prospects', version)).get('golden.json')));
    expect((await golden(1)).scores[0][0]).toBeCloseTo((await golden(2)).scores[0][0], 12);
  });

  it('reports its phases in order', async () => {
    const events: ProgressEvent[] = [];
    await createTrainer({ registry: memoryRegistry() }).train({
      ...request,
      onProgress: (event) => events.push(event),
    });
    const phases = events.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1]);
    expect(phases).toEqual(['load', 'validate', 'fold', 'fit', 'register']);
    const folds = events.filter(({ phase }) => phase === 'fold');
    expect(folds.map(({ completed, total }) => [completed, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(folds[0]?.metrics?.auc).toBeGreaterThan(0);
  });

  it.each(['load', 'validate', 'fold', 'fit'])(
    'leaves the registry as it was when cancelled after %s',
    async (phase) => {
      const registry = memoryRegistry();
      const abort = new AbortController();
      const running = createTrainer({ registry }).train({
        ...request,
        signal: abort.signal,
        onProgress: (event) => event.phase === phase && abort.abort(),
      });
      await expect(running).rejects.toMatchObject({ code: 'CANCELLED', exitCode: 130 });
      expect(await registry.list()).toEqual([]);
    },
  );

  it.each<[string, string, object]>([
    ['a column that is missing', 'VALIDATION_FAILED', { data: data.select('age', 'visits', 'plan', 'converted') }],
    ['a target that is missing', 'COLUMN_MISSING', { target: { column: 'nowhere', task: 'binary' } }],
    ['no target at all', 'TARGET_INVALID', { features: { spec: { fields: prospect.spec.fields } } }],
    [
      'a column of the wrong type',
      'VALIDATION_FAILED',
      { data: data.assign(table({ visits: Array(300).fill('many') })) },
    ],
    ['one class only', 'TARGET_INVALID', { data: data.assign(table({ converted: Array(300).fill('yes') })) }],
    [
      'a target with missing values',
      'TARGET_INVALID',
      { data: data.assign(table({ converted: [null, ...Array(299).fill('yes')] })) },
    ],
    ['Infinity', 'VALIDATION_FAILED', { data: data.assign(table({ age: Array(300).fill(Number.POSITIVE_INFINITY) })) }],
    ['no row', 'DATA_EMPTY', { data: data.slice(0, 0) }],
    ['an unknown model', 'MODEL_KIND_UNKNOWN', { model: 'logistik' }],
    ['an unknown parameter', 'OPTION_UNKNOWN', { params: { l3: 1 } }],
    ['an unknown validation option', 'OPTION_UNKNOWN', { validation: { fold: 3 } }],
    ['more folds than rows of a class', 'SPLIT_INVALID', { validation: { folds: 299 } }],
    ['a model for another task', 'TARGET_INVALID', { model: 'linear' }],
    ['a bad name', 'NAME_INVALID', { name: '../up' }],
    ['a bad tag name', 'NAME_INVALID', { tags: { 'my tag': 'x' } }],
    ['a tag that is no string', 'OPTION_INVALID', { tags: { rows: 5 } }],
    ['an option that there is not', 'OPTION_UNKNOWN', { wieghts: 'w' }],
    ['a seed that is no 32-bit integer', 'OPTION_INVALID', { seed: 2 ** 32 }],
    ['parameters beside a model that has its own', 'OPTION_INVALID', { model: stubModel(), params: { l2: 1 } }],
    [
      'a target that is a feature too',
      'SCHEMA_INVALID',
      { target: { column: 'visits', task: 'regression' }, model: 'linear' },
    ],
    ['weights that are a feature too', 'SCHEMA_INVALID', { weights: 'visits' }],
    ['a model that gives no finite score', 'FIT_FAILED', { model: stubModel(Number.NaN), validation: { folds: 0 } }],
    ['negative weights', 'VALUE_INVALID', { data: data.assign(table({ w: Array(300).fill(-1) })), weights: 'w' }],
  ])('refuses %s with one clear error, and registers nothing', async (_, code, change) => {
    const registry = memoryRegistry();
    await expect(createTrainer({ registry }).train({ ...request, ...change })).rejects.toMatchObject({ code });
    expect(await registry.list()).toEqual([]);
  });
});

describe('a tracker', () => {
  function recorder(fail?: string): { tracker: Tracker; calls: string[] } {
    const calls: string[] = [];
    const call = (name: string) => async () => {
      if (name === fail) throw new Error('the server is down');
      calls.push(name);
    };
    const run = {
      id: 'r1',
      logParams: call('params'),
      logMetrics: call('metrics'),
      logArtifacts: call('artifacts'),
      logModel: call('model'),
      end: call('end'),
    };
    return { calls, tracker: { start: async () => run } };
  }

  it('gets parameters, metrics, plots and the model', async () => {
    const { tracker, calls } = recorder();
    const result = await createTrainer({ registry: memoryRegistry(), tracker }).train(request);
    expect(calls).toEqual(['params', 'metrics', 'artifacts', 'model', 'end']);
    expect(result.warnings).toEqual([]);
  });

  it('that fails costs a warning, never the model', async () => {
    const registry = memoryRegistry();
    const failing = recorder('metrics');
    const result = await createTrainer({ registry, tracker: failing.tracker }).train(request);
    expect(result.warnings).toEqual(['the run could not be recorded completely: the server is down']);
    expect(failing.calls).toEqual(['params', 'end']);
    expect(await registry.list()).toEqual(['prospects']);
  });
});
