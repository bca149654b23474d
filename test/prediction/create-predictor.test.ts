import { beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { BundleFiles, Registry } from '../../src/core/registry.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { rowMaker } from '../../src/schema/row-maker.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from '../training/prospects.js';

const data = makeProspects(400);
const rowAt = rowMaker(data, prospect.spec) as (row: number) => never;
const row = { age: null, visits: 12, plan: 'pro', active: true };
const registry = memoryRegistry();

beforeAll(async () => {
  const train = (
    name: string,
    model: string,
    target: { column: string; task: 'binary' | 'multiclass' | 'regression' },
  ) => createTrainer({ registry }).train({ name, data, features: prospect, target, model, validation: { folds: 0 } });
  await train('prospects', 'logistic', { column: 'converted', task: 'binary' });
  await train('prospects', 'constant', { column: 'converted', task: 'binary' });
  await train('plans', 'logistic', { column: 'plan_next', task: 'multiclass' });
  await train('spend', 'linear', { column: 'spend', task: 'regression' });
});

/** A registry whose first version of a model has changed files. */
async function tampered(change: (files: Map<string, Uint8Array>) => void): Promise<Registry> {
  const files = new Map(await registry.read('prospects', 1));
  change(files);
  const other = memoryRegistry();
  await other.put('prospects', files);
  return other;
}

function edit(files: Map<string, Uint8Array>, path: string, from: RegExp, to: string): void {
  const text = new TextDecoder().decode(files.get(path));
  expect(text).toMatch(from);
  files.set(path, new TextEncoder().encode(text.replace(from, to)));
}

describe('createPredictor', () => {
  it.each(['prospects', 'plans', 'spend'])('gives the same bits for rows, batches and tables of %s', async (model) => {
    const predictor = await createPredictor({ registry, model, features: prospect });
    const rows = Array.from({ length: 50 }, (_, position) => rowAt(position));
    const batch = predictor.predictBatch(rows);
    expect(rows.map((each) => predictor.predictOne(each))).toEqual(batch);
    expect(predictor.predictTable(data).slice(0, 50)).toEqual(batch);
  });

  it('answers a binary task with the probability of the positive class', async () => {
    const predictor = await createPredictor({ registry, model: 'prospects', features: prospect });
    const prediction = predictor.predictOne(row);
    expect(prediction).toEqual({
      score: expect.any(Number),
      label: prediction.score >= 0.5 ? 'yes' : 'no',
      model: 'prospects',
      version: 1,
    });
    const more = predictor.predictOne({ ...row, visits: 29 });
    expect(more.score).toBeGreaterThan(prediction.score);
  });

  it('answers several classes with every probability, and the largest as the score', async () => {
    const predictor = await createPredictor({ registry, model: 'plans' });
    const { score, label, probabilities = {} } = predictor.predictOne(row);
    const values = Object.values(probabilities);
    expect(Object.keys(probabilities)).toEqual(['free', 'pro', 'team']);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(score).toBe(Math.max(...values));
    expect(probabilities[String(label)]).toBe(score);
  });

  it('answers a regression with a value and no label', async () => {
    const predictor = await createPredictor({ registry, model: 'spend' });
    expect(predictor.predictOne(row)).toEqual({ score: expect.any(Number), label: null, model: 'spend', version: 1 });
  });

  it('names every broken rule of every row, and scores none', async () => {
    const predictor = await createPredictor({ registry, model: 'prospects' });
    const rows = [row, { ...row, visits: -1, active: 'yes' }, { ...row, visits: undefined }, null as never];
    expect(() => predictor.predictBatch(rows)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        problems: [
          { column: 'visits', rule: 'must be >= 0', kind: 'number', count: 1, rows: [1] },
          { column: 'active', rule: 'must be true or false', kind: 'string', count: 1, rows: [1] },
          { column: 'visits', rule: 'is required', kind: 'undefined', count: 1, rows: [2] },
          { column: '', rule: 'must be an object with one property a feature', kind: 'null', count: 1, rows: [3] },
        ],
      }),
    );
  });

  it('tells null from zero', async () => {
    const predictor = await createPredictor({ registry, model: 'prospects' });
    expect(predictor.predictOne({ ...row, age: null })).not.toEqual(predictor.predictOne({ ...row, age: 0 }));
  });

  it('ignores categories never seen, by the default policy', async () => {
    const predictor = await createPredictor({ registry, model: 'prospects' });
    expect(predictor.predictOne({ ...row, plan: 'enterprise' }).score).toBeGreaterThan(0);
  });

  it("runs the schema's own refinements", async () => {
    const strict = defineFeatures({
      row: z
        .object({ age: z.number().nullable(), visits: z.int(), plan: z.string().nullable(), active: z.boolean() })
        .refine((r) => r.active || r.visits === 0, { path: ['visits'], message: 'inactive prospects have no visits' }),
    });
    const predictor = await createPredictor({ registry, model: 'prospects', features: strict });
    expect(() => predictor.predictOne({ ...row, active: false })).toThrow(/visits inactive prospects have no visits/);
    expect(predictor.predictOne(row).version).toBe(1);
  });

  it('refuses features that are not those of the model', async () => {
    const other = defineFeatures({ row: z.object({ age: z.string(), visits: z.int(), extra: z.number() }) });
    await expect(createPredictor({ registry, model: 'prospects', features: other })).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
      message: expect.stringMatching(/age, extra, plan, active/),
    });
  });

  it('loads a version once, for any number of predictors', async () => {
    const counted = memoryRegistry();
    await counted.put('prospects', await registry.read('prospects', 1));
    const read = vi.spyOn(counted, 'read');
    await Promise.all([1, 2, 3].map(() => createPredictor({ registry: counted, model: 'prospects' })));
    expect(read).toHaveBeenCalledTimes(1);
  });
});

describe('reload', () => {
  it('swaps to where the alias points now, and back', async () => {
    const moving = memoryRegistry();
    await moving.put('prospects', await registry.read('prospects', 1));
    await moving.put('prospects', await registry.read('prospects', 2));
    const predictor = await createPredictor({ registry: moving, model: 'prospects' });
    const before = predictor.predictOne(row);
    await moving.setAlias('prospects', 'champion', 2);
    expect(predictor.predictOne(row)).toEqual(before);
    expect((await predictor.reload()).version).toBe(2);
    expect(predictor.predictOne(row)).toMatchObject({ version: 2 });
    await predictor.reload('prospects/1');
    expect(predictor.predictOne(row)).toEqual(before);
  });

  it('keeps the old version where the new one cannot be loaded', async () => {
    const broken = memoryRegistry();
    await broken.put('prospects', await registry.read('prospects', 1));
    await broken.put('prospects', new Map([['MLmodel', new Uint8Array()]]));
    const predictor = await createPredictor({ registry: broken, model: 'prospects' });
    await expect(predictor.reload('prospects/2')).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    await expect(predictor.reload('prospects/9')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(predictor.current.version).toBe(1);
    expect(predictor.predictOne(row).version).toBe(1);
    expect((await predictor.reload()).version).toBe(1);
  });
});

describe('a stored model', () => {
  it('is refused where it does not give its golden scores again', async () => {
    const other = await tampered((files) => edit(files, 'golden.json', /"scores": \[\s*\[\s*0\.\d/, '"scores": [[0.0'));
    await expect(createPredictor({ registry: other, model: 'prospects' })).rejects.toMatchObject({
      code: 'GOLDEN_MISMATCH',
    });
  });

  it.each<[string, (files: Map<string, Uint8Array>) => void]>([
    ['schema.json is missing', (files) => files.delete('schema.json')],
    ['golden.json is missing', (files) => files.delete('golden.json')],
    ['pipeline.json is cut in half', (files) => cut(files, 'pipeline.json')],
    [
      'the model is cut in half',
      (files) => cut(files, [...files.keys()].find((path) => path.startsWith('model/')) ?? ''),
    ],
    ['MLmodel names no kind', (files) => edit(files, 'MLmodel', /model_kind/, 'kind')],
    [
      'golden.json allows any difference',
      (files) => edit(files, 'golden.json', /"tolerance": [\de.-]+/, '"tolerance": 1'),
    ],
    [
      'golden.json has no rows',
      (files) => edit(files, 'golden.json', /^.*$/s, '{"rows":[],"scores":[],"tolerance":0}'),
    ],
    ['the classes are gone', (files) => edit(files, 'schema.json', /"classes": \[[^\]]*\]/, '"x": 0')],
  ])('is refused where %s', async (_, change) => {
    await expect(createPredictor({ registry: await tampered(change), model: 'prospects' })).rejects.toMatchObject({
      code: 'BUNDLE_INVALID',
    });
  });
});

function cut(files: BundleFiles & Map<string, Uint8Array>, path: string): void {
  const bytes = files.get(path) ?? new Uint8Array();
  files.set(path, bytes.subarray(0, bytes.length / 2));
}
