import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrainingData } from '../../src/core/model.js';
import type { ProgressEvent } from '../../src/core/progress.js';
import { FittedLinearModel, linearModelReader } from '../../src/models/fitted-linear-model.js';
import type { LogisticOptions } from '../../src/models/logistic.js';
import { logistic } from '../../src/models/logistic.js';
import { checkModel } from '../../src/testing/check-model.js';
import { modelData } from '../../src/testing/model-data.js';
import { binaryData, binaryRows, distance, reorder } from './training-data.js';

const PRECISE = { tolerance: 1e-15 } as const;

async function fitted(data: TrainingData, options: LogisticOptions = {}): Promise<FittedLinearModel> {
  const model = await logistic({ ...PRECISE, ...options }).fit(data);
  if (!(model instanceof FittedLinearModel)) throw new Error('not a linear model');
  return model;
}

/** Derivatives of the summed loss and penalty at the coefficients, in the plainest form; 0 at the minimum. */
function slopes(data: TrainingData, model: FittedLinearModel, l2: number): number[] {
  const { columns } = data.features;
  const wrong = model.predict(data.features).map((p, row) => p - (data.target[row] as number));
  const along = columns.map((column, j) => {
    const sum = wrong.reduce((total, value, row) => total + value * (column[row] as number), 0);
    return sum + l2 * (model.coefficients[j] as number);
  });
  return [...along, wrong.reduce((total, value) => total + value, 0)];
}

test.each(['auto', 'lbfgs'] as const)('keeps the promises of a model with solver %s', async (solver) => {
  const make = () => logistic({ solver, tolerance: 1e-12 });
  await checkModel(make, { reader: linearModelReader('logistic') });
});

describe('the minimum', () => {
  test.each(['lbfgs', 'newton'] as const)('has no slope with solver %s', (solver) =>
    fc.assert(
      fc.asyncProperty(binaryRows, fc.constantFrom(0.1, 1, 10), async (data, l2) => {
        const model = await fitted(data, { solver, l2 });
        for (const slope of slopes(data, model, l2)) expect(Math.abs(slope)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    ),
  );

  test('does not depend on the order of the rows', () =>
    fc.assert(
      fc.asyncProperty(binaryRows, fc.infiniteStream(fc.nat()), async (data, stream) => {
        const order = [...data.target.keys()].sort(() => ((stream.next().value as number) % 2) * 2 - 1);
        const shuffled = await fitted(reorder(data, order));
        expect(distance(shuffled.coefficients, (await fitted(data)).coefficients)).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    ));

  test('does not change with a constant column', () =>
    fc.assert(
      fc.asyncProperty(binaryRows, fc.double({ min: -1e6, max: 1e6, noNaN: true }), async (data, constant) => {
        const { features } = data;
        const column = new Float64Array(features.nRows).fill(constant);
        const more = {
          nRows: features.nRows,
          features: [...features.features, { name: 'constant', kind: 'numeric' as const }],
          columns: [...features.columns, column],
        };
        const scores = (await fitted({ ...data, features: more })).predict(more);
        expect(distance(scores, (await fitted(data)).predict(features))).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    ));

  test('keeps its predictions where a column is scaled and the penalty is its square less', async () => {
    const data = modelData('binary', { nRows: 200, seed: 5 });
    const tenfold = data.features.columns.map((column) => Float64Array.from(column, (value) => value * 10));
    const scaled = { ...data, features: { ...data.features, columns: tenfold } };
    const scores = (await fitted(scaled, { l2: 200 })).predict(scaled.features);
    expect(distance(scores, (await fitted(data, { l2: 2 })).predict(data.features))).toBeLessThan(1e-8);
  });

  test('is the same for one class against the other as for two classes', async () => {
    const data = modelData('binary', { nRows: 200, seed: 6 });
    // Two scores of half the size have the same probabilities, and together half the squares.
    const binary = (await fitted(data, { l2: 1 })).predict(data.features);
    const multiclass = (await fitted({ ...data, task: 'multiclass' }, { l2: 2 })).predict(data.features);
    expect(
      distance(
        binary,
        multiclass.filter((_, i) => i % 2 === 1),
      ),
    ).toBeLessThan(1e-6);
  });

  test('is found with collinear columns and no penalty', async () => {
    const data = modelData('binary', { nRows: 300, seed: 7 });
    const [first] = data.features.columns;
    const twice = { ...data.features, columns: data.features.columns.map((column, j) => (j === 2 ? first : column)) };
    const one = {
      ...data.features,
      columns: data.features.columns.map((column, j) => (j === 2 ? zeros(300) : column)),
    };
    const doubled = await fitted({ ...data, features: twice as TrainingData['features'] }, { l2: 0, solver: 'newton' });
    const single = await fitted({ ...data, features: one }, { l2: 0, solver: 'newton' });
    const scores = doubled.predict(twice as TrainingData['features']);
    expect(distance(scores, single.predict(one))).toBeLessThan(1e-6);
  });

  test('is found from a sample of many rows as from all of them', async () => {
    const data = modelData('binary', { nRows: 80_000, seed: 8 });
    const sampled = await fitted(data, { solver: 'lbfgs' });
    const exact = await fitted(data, { solver: 'newton' });
    expect(distance(sampled.coefficients, exact.coefficients)).toBeLessThan(1e-6);
  });

  test('is found where the sample misses a class', async () => {
    const data = modelData('binary', { nRows: 80_000, seed: 9 });
    // Block 1 of 2,048 rows is in no sample of every fourth block.
    const target = data.target.map((_, row) => (row >= 2048 && row < 2248 ? 1 : 0));
    const sampled = await fitted({ ...data, target }, { solver: 'lbfgs' });
    const exact = await fitted({ ...data, target }, { solver: 'newton' });
    expect(distance(sampled.coefficients, exact.coefficients)).toBeLessThan(1e-6);
    // Several times as many where the descent starts from the sample all the same.
    expect(sampled.summary?.iterations).toBeLessThan(10);
  });

  test('is found in few steps where the sample misses a rare category', async () => {
    const data = modelData('binary', { nRows: 80_000, seed: 9 });
    const rare = Float64Array.from({ length: 80_000 }, (_, row) => (row >= 2048 && row < 2068 ? 1 : 0));
    const features = {
      nRows: 80_000,
      features: [...data.features.features, { name: 'rare', kind: 'numeric' as const }],
      columns: [...data.features.columns, rare],
    };
    const sampled = await fitted({ ...data, features }, { solver: 'lbfgs', l2: 1e-3 });
    const exact = await fitted({ ...data, features }, { solver: 'newton', l2: 1e-3 });
    expect(distance(sampled.coefficients, exact.coefficients)).toBeLessThan(1e-5);
    expect(sampled.summary?.iterations).toBeLessThan(10);
  });
});

describe('class weights', () => {
  const data = binaryData([0, 0, 0, 1, 0, 1], [1, 2, 0, 3, 1, 2]);

  test('count like row weights', async () => {
    const weights = data.target.map((k) => (k === 1 ? 3 : 1));
    const byRow = await fitted({ ...data, weights });
    expect((await fitted(data, { classWeights: { 1: 3 } })).coefficients).toEqual(byRow.coefficients);
  });

  test('that balance make both classes weigh as much', async () => {
    const given = { 0: 6 / (2 * 4), 1: 6 / (2 * 2) };
    expect((await fitted(data, { balanced: true })).coefficients).toEqual(
      (await fitted(data, { classWeights: given })).coefficients,
    );
  });

  test.each(['2', '-1', 'length', '1.5', 'yes'])('are refused for class %s of two', async (position) => {
    await expect(fitted(data, { classWeights: { [position]: 2 } })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  test('are refused together with balanced', () => {
    expect(() => logistic({ balanced: true, classWeights: { 0: 1 } })).toThrow('must not be given together');
  });
});

test('of all equally good scores of classes, those are taken that add up to 0', async () => {
  const model = await fitted(modelData('multiclass', { nRows: 60, seed: 2 }));
  const columnSums = [0, 1, 2].map((j) => [0, 1, 2].reduce((sum, k) => sum + (model.coefficients[3 * k + j] ?? 0), 0));
  expect(distance([...columnSums, model.intercepts.reduce((sum, each) => sum + each, 0)], [0, 0, 0, 0])).toBeLessThan(
    1e-10,
  );
});

test('without an intercept, a row of zeros scores a half', async () => {
  const model = await fitted(binaryData([0, 1, 1, 1], [-1, 0.5, 2, 3]), { intercept: false });
  const out = new Float64Array(1);
  model.predictRow(Float64Array.of(0), out);
  expect(out[0]).toBe(0.5);
});

test('newton is refused for several classes and for many features', async () => {
  const classes = modelData('multiclass', { nRows: 30, seed: 1 });
  const wide = binaryData([0, 1], ...Array.from({ length: 301 }, (_, j) => [j, -j]));
  for (const data of [classes, wide]) {
    await expect(logistic({ solver: 'newton' }).fit(data)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(logistic().fit(data)).resolves.toMatchObject({ summary: { solver: 'lbfgs' } });
  }
});

test('neither features nor intercept is refused', async () => {
  const data = { ...binaryData([0, 1]), features: { nRows: 2, features: [], columns: [] } };
  await expect(logistic({ intercept: false }).fit(data)).rejects.toMatchObject({ code: 'COLUMN_INVALID' });
  expect((await fitted(data)).predict(data.features)).toEqual(Float64Array.of(0.5, 0.5));
});

test('Newton steps double the digits: few are enough', async () => {
  const model = await fitted(modelData('binary', { nRows: 300, seed: 3 }), { solver: 'newton' });
  expect(model.summary).toMatchObject({ converged: true });
  expect(model.summary?.iterations).toBeLessThan(10);
});

test('stops at maxIterations and says that it did not converge', async () => {
  const model = await logistic({ maxIterations: 1 }).fit(modelData('binary', { nRows: 100, seed: 1 }));
  expect(model.summary).toMatchObject({ iterations: 1, converged: false });
});

test('reports every iteration with its loss', async () => {
  const events: ProgressEvent[] = [];
  const model = await logistic().fit(modelData('binary', { nRows: 100, seed: 1 }), {
    onProgress: (event) => events.push(event),
  });
  const last = events.pop();
  expect(events.map(({ completed }) => completed)).toEqual(events.map((_, i) => i + 1));
  expect(events).toHaveLength(model.summary?.iterations as number);
  expect(last).toMatchObject({ completed: events.length, total: events.length });
  const losses = events.map(({ metrics }) => metrics?.loss as number);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
});

test('lets the event loop turn and ends soon after it was aborted', async () => {
  const data = modelData('binary', { nRows: 400_000, seed: 1 });
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  await expect(
    logistic({ tolerance: 1e-300, maxIterations: 10_000 }).fit(data, { signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
});

test.each([{ l2: -1 }, { tolerance: 0 }, { maxIterations: 1.5 }, { solver: 'sgd' as 'auto' }])(
  'refuses the option %j',
  (options) => expect(() => logistic(options)).toThrow(/^logistic: /),
);

function zeros(length: number): Float64Array {
  return new Float64Array(length);
}
