// Explanations against what they must sum to, and against the change of the score by one feature where that is all there is.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { importModel } from '../../src/bundle/import-model.js';
import { readBundle } from '../../src/bundle/read-bundle.js';
import type { Explanation, Predictor } from '../../src/core/predictor.js';
import { readModelFile } from '../../src/models/read-model-file.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { rowMaker } from '../../src/schema/row-maker.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from '../training/prospects.js';

type Row = Record<string, unknown>;

const data = makeProspects(400);
const rowAt = rowMaker(data, prospect.spec) as (row: number) => Row;
const registry = memoryRegistry();
const TARGETS = {
  converted: { column: 'converted', task: 'binary' },
  plan_next: { column: 'plan_next', task: 'multiclass' },
  spend: { column: 'spend', task: 'regression' },
} as const;
const MODELS = ['lightgbm', 'xgboost', 'catboost', 'logistic', 'linear', 'constant'] as const;
const COLUMNS = ['converted', 'plan_next', 'spend'] as const;
const CASES = MODELS.flatMap((model) => COLUMNS.map((column) => [model, column] as const)).filter(([model, column]) => {
  if (model === 'logistic') return column !== 'spend';
  return model !== 'linear' || column === 'spend';
});

const predictorOf = (model: string, column: string) =>
  createPredictor({ registry, model: `${model}-${column}` }) as Promise<Predictor>;

beforeAll(async () => {
  const trainer = createTrainer({ registry });
  for (const [model, column] of CASES) {
    const params = ['lightgbm', 'xgboost', 'catboost'].includes(model) ? { numIterations: 20 } : {};
    const given = { data, features: prospect, target: TARGETS[column], validation: { folds: 0 } };
    await trainer.train({ ...given, name: `${model}-${column}`, model, params });
  }
});

const total = ({ base, contributions, others }: Explanation): number =>
  contributions.reduce((sum, { contribution }) => sum + contribution, base + others);

/** The score that a raw score of the explained output gives; undefined for several classes, which need all raw scores. */
function linked(model: string, column: string, raw: number): number | undefined {
  if (column === 'spend' || model === 'constant') return raw;
  return column === 'converted' ? 1 / (1 + Math.exp(-raw)) : undefined;
}

describe.each(CASES)('an explanation of %s of %s', (model, column) => {
  test('sums to the raw score, which gives the score of predictOne', async () => {
    const predictor = await predictorOf(model, column);
    for (let i = 0; i < 100; i++) {
      const { explanation, ...prediction } = predictor.explain(rowAt(i));
      expect(prediction).toEqual(predictor.predictOne(rowAt(i)));
      expect(total(explanation)).toBeCloseTo(explanation.raw, 9);
      const score = linked(model, column, explanation.raw);
      // XGBoost's scores are sums in float32.
      if (score !== undefined) expect(score).toBeCloseTo(prediction.score, model === 'xgboost' ? 4 : 9);
    }
  });

  test('names every feature of the row once, the largest first', async () => {
    const { contributions } = (await predictorOf(model, column)).explain(rowAt(0)).explanation;
    expect(contributions.map(({ feature }) => feature).sort()).toEqual(['active', 'age', 'plan', 'visits']);
    const sizes = contributions.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
});

test('the base is the mean raw score over the training rows', async () => {
  for (const [model, column] of [
    ['lightgbm', 'spend'],
    ['linear', 'spend'],
    ['logistic', 'converted'],
  ] as const) {
    const predictor = await predictorOf(model, column);
    const raws = Array.from({ length: 400 }, (_, i) => predictor.explain(rowAt(i)).explanation.raw);
    const { base } = predictor.explain(rowAt(0)).explanation;
    expect(base).toBeCloseTo(raws.reduce((sum, raw) => sum + raw, 0) / 400, 6);
  }
});

test('a linear model gives a changed feature the whole change of the raw score, and the others nothing of it', async () => {
  const predictor = await predictorOf('logistic', 'converted');
  const of = ({ contributions }: Explanation) =>
    new Map(contributions.map((each) => [each.feature, each.contribution]));
  const plan = fc.constantFrom('free', 'pro', 'team', 'never seen', null);
  fc.assert(
    fc.property(fc.nat(399), plan, (i, other) => {
      const before = predictor.explain(rowAt(i)).explanation;
      const after = predictor.explain({ ...rowAt(i), plan: other }).explanation;
      const change = (of(after).get('plan') as number) - (of(before).get('plan') as number);
      expect(change).toBeCloseTo(after.raw - before.raw, 10);
      for (const name of ['age', 'visits', 'active'])
        expect(of(after).get(name)).toBeCloseTo(of(before).get(name) as number, 10);
    }),
  );
});

test('an imported model is explained as the one it was written from', async () => {
  const own = await predictorOf('lightgbm', 'spend');
  const { model } = readBundle(await registry.read('lightgbm-spend', 1));
  const imported = memoryRegistry();
  const files = importModel(await readModelFile(writeModelFile(model, 'lightgbm')), {
    createdAt: '2026-01-01T00:00:00Z',
  });
  await imported.put('imported', files);
  const predictor = await createPredictor({ registry: imported, model: 'imported' });
  expect(predictor.spec.fields.length).toBe(model.features.length);
  for (let i = 0; i < 20; i++) {
    const row = rowAt(i);
    const encoded = { ...row, active: row.active === null ? null : Number(row.active) };
    expect(predictor.explain(encoded).explanation.raw).toBeCloseTo(own.explain(row).explanation.raw, 9);
  }
});

test('only as many contributions are listed as are asked for, and the rest is in others', async () => {
  const predictor = await predictorOf('lightgbm', 'converted');
  const whole = predictor.explain(rowAt(3)).explanation;
  for (const top of [0, 1, 3, 9]) {
    const part = predictor.explain(rowAt(3), { top }).explanation;
    expect(part.contributions).toEqual(whole.contributions.slice(0, top));
    expect(total(part)).toBeCloseTo(whole.raw, 9);
  }
  expect(() => predictor.explain(rowAt(3), { top: -1 })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
});

test('a row that breaks the schema is refused', async () => {
  const predictor = await predictorOf('lightgbm', 'converted');
  expect(() => predictor.explain({ visits: 'many' })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
});
