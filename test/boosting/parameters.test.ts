import { describe, expect, it } from 'vitest';
import { type BoosterParameters, boosterOptions } from '../../src/boosting/booster-options.js';
import type { BoosterRows, TrainedBooster } from '../../src/boosting/booster-request.js';
import { DIALECT_TABLE, DIALECTS, dialectOptions, resolveDialect } from '../../src/boosting/dialects.js';
import type { ObjectiveName } from '../../src/boosting/objectives/create-objective.js';
import { madeRows, SYMMETRIC, train } from './booster-data.js';

interface Change {
  readonly objective?: ObjectiveName;
  /** Parameters of both runs. */
  readonly base?: Readonly<Record<string, unknown>>;
  /** Parameters of the second run. */
  readonly change: Readonly<Record<string, unknown>>;
}

/** A change of each parameter that must change the model. */
const CHANGES: Partial<Record<keyof BoosterParameters, Change>> = {
  numIterations: { change: { numIterations: 11 } },
  learningRate: { change: { learningRate: 0.2 } },
  growPolicy: { change: { growPolicy: 'depthwise' } },
  numLeaves: { change: { numLeaves: 5 } },
  maxDepth: { change: { maxDepth: 2 } },
  minDataInLeaf: { change: { minDataInLeaf: 60 } },
  minSumHessianInLeaf: { change: { minSumHessianInLeaf: 15 } },
  lambdaL1: { change: { lambdaL1: 3 } },
  lambdaL2: { change: { lambdaL2: 10 } },
  minGainToSplit: { change: { minGainToSplit: 40 } },
  maxDeltaStep: { change: { maxDeltaStep: 0.2 } },
  pathSmooth: { change: { pathSmooth: 20 } },
  baggingFraction: { base: { baggingFreq: 1 }, change: { baggingFraction: 0.5 } },
  baggingFreq: { base: { baggingFraction: 0.5, baggingFreq: 1 }, change: { baggingFreq: 3 } },
  sampling: { change: { sampling: 'goss' } },
  topRate: { base: { sampling: 'goss' }, change: { topRate: 0.5 } },
  otherRate: { base: { sampling: 'goss' }, change: { otherRate: 0.4 } },
  featureFraction: { change: { featureFraction: 0.5 } },
  featureFractionByLevel: { change: { featureFractionByLevel: 0.5 } },
  featureFractionByNode: { change: { featureFractionByNode: 0.5 } },
  extraTrees: { change: { extraTrees: true } },
  monotoneConstraints: { change: { monotoneConstraints: { x1: 1 } } },
  interactionConstraints: { change: { interactionConstraints: ['x0+x1', 'x2+level'] } },
  maxBin: { change: { maxBin: 16 } },
  minDataInBin: { change: { minDataInBin: 20 } },
  binSampleRows: { base: { numIterations: 3 }, change: { binSampleRows: 1000 } },
  categoricalEncoding: { change: { categoricalEncoding: 'ordered' } },
  oneHotMaxSize: { base: { categoricalEncoding: 'ordered' }, change: { oneHotMaxSize: 20 } },
  catSmooth: { change: { catSmooth: 30 } },
  catL2: { change: { catL2: 0 } },
  maxCatThreshold: { change: { maxCatThreshold: 2 } },
  maxCatToOnehot: { change: { maxCatToOnehot: 20 } },
  minDataPerGroup: { change: { minDataPerGroup: 80 } },
  boostFromAverage: { change: { boostFromAverage: false } },
  objectiveAlpha: { objective: 'quantile', change: { objectiveAlpha: 0.3 } },
  poissonMaxDeltaStep: { objective: 'poisson', change: { poissonMaxDeltaStep: 2 } },
};

/** Parameters that something else tests. */
const ELSEWHERE: Partial<Record<keyof BoosterParameters, string>> = {
  objective: 'objectives.test.ts',
  metric: 'training.test.ts',
  earlyStoppingRounds: 'training.test.ts',
  earlyStoppingMinDelta: 'training.test.ts',
  scalePosWeight: 'the model turns it into row weights: test/models/gradient-boosting.test.ts',
  balanced: 'likewise',
  classWeights: 'likewise',
  numThreads: 'must change nothing: determinism.test.ts',
};

function trees({ ensemble }: TrainedBooster): unknown {
  return [ensemble.baseScore, ensemble.trees];
}

function rowsFor(name: string, objective: ObjectiveName): BoosterRows {
  return madeRows(objective, name === 'binSampleRows' ? 3000 : 400);
}

describe('every parameter', () => {
  it('is in the table of changes or tested elsewhere', () => {
    const covered = [...Object.keys(CHANGES), ...Object.keys(ELSEWHERE)].sort();
    expect(covered).toEqual(Object.keys(boosterOptions.specs).sort());
  });

  it.each(Object.entries(CHANGES))('%s changes the model', async (name, { objective = 'binary', base, change }) => {
    const rows = rowsFor(name, objective);
    const before = await train(rows, { objective, parameters: { ...base } });
    const after = await train(rows, { objective, parameters: { ...base, ...change } });
    expect(trees(after)).not.toEqual(trees(before));
  });

  it.each(Object.entries(CHANGES))(
    '%s changes a symmetric model or is refused',
    async (name, { objective, base, change }) => {
      const of = objective ?? 'binary';
      const rows = rowsFor(name, of);
      const symmetric = { ...SYMMETRIC, ...base };
      const run = (more: object): Promise<unknown> =>
        train(rows, { objective: of, parameters: { ...symmetric, ...more } }).then(trees, (error) => error.code);
      const before = await run({});
      const after = await run(change);
      const isAboutSubsets = /^(cat|maxCat|minDataPerGroup)/.test(name);
      if (!isAboutSubsets) expect(after).not.toEqual(before);
    },
  );
});

describe('the dialects', () => {
  it.each(DIALECTS)('%s: every spelling of its library is one parameter', (dialect) => {
    const spellings = Object.entries(dialectOptions(dialect).specs).flatMap(([name, spec]) => [
      name,
      ...(spec.aliases ?? []),
    ]);
    expect(new Set(spellings).size).toBe(spellings.length);
    for (const name of Object.keys(DIALECT_TABLE[dialect].fixed)) expect(spellings).not.toContain(name);
  });

  it("have their libraries' defaults", () => {
    expect(resolveDialect('lightgbm', {})).toMatchObject({ numLeaves: 31, learningRate: 0.1, minDataInLeaf: 20 });
    expect(resolveDialect('xgboost', {})).toMatchObject({ maxDepth: 6, learningRate: 0.3, lambdaL2: 1 });
    expect(resolveDialect('catboost', {})).toMatchObject({ maxDepth: 6, lambdaL2: 3, growPolicy: 'symmetric' });
  });

  it("take their libraries' names and words", () => {
    const xgboost = { eta: 0.2, max_depth: 3, subsample: 0.5, objective: 'binary:logistic', grow_policy: 'lossguide' };
    expect(resolveDialect('xgboost', { ...xgboost, tree_method: 'hist' })).toMatchObject({
      learningRate: 0.2,
      maxDepth: 3,
      baggingFraction: 0.5,
      objective: 'binary',
      growPolicy: 'leafwise',
    });
    expect(
      resolveDialect('catboost', { iterations: 5, depth: 4, l2_leaf_reg: 1, loss_function: 'Logloss' }),
    ).toMatchObject({ numIterations: 5, maxDepth: 4, lambdaL2: 1, objective: 'binary' });
    expect(resolveDialect('lightgbm', { num_leaves: 7, reg_alpha: 1 })).toMatchObject({ numLeaves: 7, lambdaL1: 1 });
  });

  it.each([
    ['lightgbm', { num_leafs: 7 }, 'OPTION_UNKNOWN', 'lightgbm: there is no option num_leafs; did you mean'],
    ['lightgbm', { drop_rate: 0.1 }, 'OPTION_INVALID', 'lightgbm: drop_rate of LightGBM is not implemented'],
    ['xgboost', { booster: 'dart' }, 'OPTION_INVALID', 'xgboost: booster is implemented only as gbtree'],
    ['catboost', { random_strength: 1 }, 'OPTION_INVALID', 'catboost: random_strength is implemented only as 0'],
    ['xgboost', { eta: 2 }, 'OPTION_INVALID', 'xgboost: learningRate must be a number in (0, 1], got 2'],
    ['xgboost', { num_leaves: 3, max_leaves: 3 }, 'OPTION_INVALID', 'xgboost: numLeaves is given under two names'],
  ] as const)('%s refuses %o', (dialect, parameters, code, message) => {
    expect(() => resolveDialect(dialect, parameters)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
