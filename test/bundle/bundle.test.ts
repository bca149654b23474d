import { beforeAll, describe, expect, it } from 'vitest';
import { verifyGolden } from '../../src/bundle/golden.js';
import { readBundle } from '../../src/bundle/read-bundle.js';
import type { BundleFiles } from '../../src/core/registry.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { readStubModel, stubModel } from '../../src/testing/stub-model.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from '../training/prospects.js';

const registry = memoryRegistry();
let files: BundleFiles = new Map();
const parsed = (path: string) => JSON.parse(new TextDecoder().decode(files.get(path)));

beforeAll(async () => {
  const trainer = createTrainer({ registry });
  const request = { data: makeProspects(200), features: prospect, validation: { folds: 2 } };
  await trainer.train({ ...request, name: 'prospects', model: 'logistic' });
  await trainer.train({ ...request, name: 'custom', model: stubModel(0.25) });
  files = await registry.read('prospects', 1);
});

describe('a model directory', () => {
  it('has an MLmodel with the signature and the flavor', () => {
    const { flavors, signature } = parsed('MLmodel');
    expect(flavors.tabwright).toMatchObject({ model_kind: 'logistic', task: 'binary' });
    expect(JSON.parse(signature.inputs).map(({ name }: { name: string }) => name)).toEqual([
      'age',
      'visits',
      'plan',
      'active',
    ]);
  });

  it('keeps golden rows that are rows of the data, with a score each', () => {
    const { rows, scores } = parsed('golden.json');
    expect(rows).toHaveLength(16);
    expect(scores).toHaveLength(16);
    expect(Object.keys(rows[0])).toEqual(['age', 'visits', 'plan', 'active']);
  });

  it('has an input example in the form that MLflow reads', () => {
    const { columns, data } = parsed('input_example.json');
    expect(columns).toEqual(['age', 'visits', 'plan', 'active']);
    expect(data).toHaveLength(5);
    expect(data[0]).toHaveLength(4);
  });

  it('has a card with the metrics, the features and the classes', () => {
    const card = new TextDecoder().decode(files.get('README.md'));
    expect(card).toContain('# prospects');
    expect(card).toMatch(/\| auc \| 0\.\d+ \|/);
    expect(card).toMatch(/\| visits \| integer \| no \| \\?>= 0 \|/);
    expect(card).toContain('![roc](plots/roc.svg)');
  });

  it('says how it was trained', () => {
    expect(parsed('training.json')).toMatchObject({
      seed: 0,
      nRows: 200,
      model: { kind: 'logistic' },
      validation: { folds: 2 },
    });
  });

  it("needs the reader of a user's own kind of model, and works with it", async () => {
    const own = await registry.read('custom', 1);
    expect(() => readBundle(own)).toThrow(expect.objectContaining({ code: 'MODEL_KIND_UNKNOWN' }));
    expect(readBundle(own, { models: { stub: readStubModel } }).model.kind).toBe('stub');
  });
});

describe('verifyGolden', () => {
  const golden = { rows: [{ a: 1 }, { a: 2 }], scores: [[0.5], [200]], tolerance: 1e-12 };
  const scorer = (scores: readonly number[]) => {
    let row = 0;
    return (_: unknown, out: Float64Array) => {
      out[0] = scores[row++] as number;
      return true;
    };
  };

  it('allows differences within the tolerance, relative for large values', () => {
    expect(() => verifyGolden(golden, scorer([0.5 + 1e-13, 200 + 1e-11]), 1)).not.toThrow();
  });

  it.each<[string, readonly number[]]>([
    ['a score that differs', [0.5, 200.001]],
    ['NaN', [Number.NaN, 200]],
  ])('refuses %s', (_, scores) => {
    expect(() => verifyGolden(golden, scorer(scores), 1)).toThrow(/1 of 2 do not give their stored scores/);
  });

  it('refuses a row that the schema does not take any more, and another number of outputs', () => {
    expect(() => verifyGolden(golden, () => false, 1)).toThrow(/2 of 2/);
    expect(() => verifyGolden(golden, scorer([0.5, 200]), 2)).toThrow(/2 of 2/);
  });
});
