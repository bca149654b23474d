import { describe, expect, it } from 'vitest';
import { FittedGradientBoosting, gradientBoostingReader } from '../../src/models/fitted-gradient-boosting.js';
import { type GradientBoostingHooks, gradientBoosting } from '../../src/models/gradient-boosting.js';
import { checkModel } from '../../src/testing/check-model.js';
import { modelData } from '../../src/testing/model-data.js';

const skip = {
  'weights count like repeated rows':
    'gradients are rounded at random by row, and a weight is one row where repeats are many',
};

describe('gradientBoosting keeps the Model contract', () => {
  it.each(['lightgbm', 'xgboost', 'catboost'] as const)('as %s', async (dialect) => {
    const make = () => gradientBoosting({ dialect, numIterations: 10, learningRate: 0.1 });
    await checkModel(make, { reader: gradientBoostingReader(dialect), skip });
    expect(make().kind).toBe(dialect);
  });
});

const train = modelData('binary', { nRows: 300, seed: 1 });
const base = { numIterations: 8, minDataInLeaf: 5 } as const;

async function scores(options: object, hooks: GradientBoostingHooks = {}): Promise<Float64Array> {
  const fitted = await gradientBoosting({ ...base, ...options }, hooks).fit(train, { seed: 3 });
  return fitted.predict(train.features);
}

describe('class weights', () => {
  it.each([{ scalePosWeight: 4 }, { balanced: true }, { classWeights: { 0: 3 } }])(
    '%o changes the scores',
    async (change) => {
      expect(await scores(change)).not.toEqual(await scores({}));
    },
  );

  it.each([
    [{ balanced: true }, 'balanced and classWeights need classes'],
    [{ scalePosWeight: 2 }, 'scalePosWeight needs a binary target'],
    [{ objective: 'binary' }, 'objective must be regression'],
  ] as const)('%o is refused for a regression', async (options, message) => {
    const run = gradientBoosting(options).fit(modelData('regression', { nRows: 50, seed: 1 }));
    await expect(run).rejects.toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining(message) });
  });
});

describe('snapshots', () => {
  it('resume to the same model, and only with the same parameters', async () => {
    const snapshots: Uint8Array[] = [];
    const whole = await scores({}, { snapshotEvery: 3, onSnapshot: (bytes) => snapshots.push(bytes) });
    expect(snapshots.length).toBe(2);
    expect(await scores({}, { resumeFrom: snapshots[0] })).toEqual(whole);
    await expect(scores({ learningRate: 0.3 }, { resumeFrom: snapshots[0] })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
    const cut = snapshots[0]?.subarray(0, 100);
    await expect(scores({}, { resumeFrom: cut })).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
  });
});

describe('a warm start', () => {
  it('keeps the first trees and adds rounds', async () => {
    const first = await gradientBoosting(base).fit(train, { seed: 3 });
    if (!(first instanceof FittedGradientBoosting)) throw new Error('not a booster');
    const more = await gradientBoosting(base, { startFrom: first }).fit(train, { seed: 3 });
    expect((more as FittedGradientBoosting).ensemble.trees.slice(0, 8)).toEqual(first.ensemble.trees);
    expect(more.summary).toMatchObject({ nIterations: 16 });
  });
});
