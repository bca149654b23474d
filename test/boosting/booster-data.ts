// Made data and a short way to train on it.
import { boosterOptions } from '../../src/boosting/booster-options.js';
import type { BoosterRequest, BoosterRows, TrainedBooster } from '../../src/boosting/booster-request.js';
import type { ObjectiveName } from '../../src/boosting/objectives/create-objective.js';
import { scoreRow } from '../../src/boosting/scoring/score-row.js';
import type { TreeEnsemble } from '../../src/boosting/scoring/tree-ensemble.js';
import { trainBooster } from '../../src/boosting/train-booster.js';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import { createRandom } from '../../src/core/random.js';
import { resolveOptions } from '../../src/core/resolve-options.js';

const N_LEVELS = 12;

/** Four numeric features, the second with missing values, and a categorical one; the target depends on all but the fourth. */
export function madeRows(objective: ObjectiveName, nRows = 400, seed = 1, nClasses = 3): BoosterRows {
  const random = createRandom(seed);
  const effects = Float64Array.from({ length: N_LEVELS }, (_, level) => Math.sin(level * 2.4));
  const columns = Array.from({ length: 5 }, () => new Float64Array(nRows));
  const target = new Float64Array(nRows);
  for (let row = 0; row < nRows; row++) {
    const x = columns.map((_, f) => (f === 4 ? random.integer(N_LEVELS) : random.normal()));
    const [a = 0, b = 0, c = 0, , level = 0] = x;
    if (random.next() < 0.1) x[1] = Number.NaN;
    const signal = a + (Number.isNaN(x[1]) ? 0.5 : b * b - 1) + 0.5 * a * c + (effects[level] as number);
    target[row] = targetOf(objective, signal + 0.3 * random.normal(), nClasses);
    columns.forEach((column, f) => {
      column[row] = x[f] as number;
    });
  }
  const features = columns.map((_, f) =>
    f === 4 ? ({ name: 'level', kind: 'categorical' } as const) : ({ name: `x${f}`, kind: 'numeric' } as const),
  );
  return { features: { nRows, features, columns }, target };
}

function targetOf(objective: ObjectiveName, signal: number, nClasses: number): number {
  if (objective === 'binary') return Number(signal > 0);
  if (objective === 'multiclass') return Math.min(nClasses - 1, Math.max(0, Math.floor(signal + nClasses / 2)));
  if (objective === 'poisson') return Math.max(0, Math.round(Math.exp(signal / 2)));
  return signal;
}

/** What a test changes of a usual request. */
export interface TrainOptions extends Partial<Omit<BoosterRequest, 'parameters' | 'objective' | 'train'>> {
  readonly objective?: ObjectiveName;
  readonly nClasses?: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Trains ten small trees, unless told otherwise. */
export function train(rows: BoosterRows, options: TrainOptions = {}): Promise<TrainedBooster> {
  const { objective = 'binary', nClasses = 3, parameters, ...rest } = options;
  const usual = { numIterations: 10, numLeaves: 8, minDataInLeaf: 5, minDataPerGroup: 5, catSmooth: 1, numThreads: 1 };
  const resolved = resolveOptions(boosterOptions, { ...usual, ...parameters });
  const spec = {
    name: objective,
    nClasses: objective === 'multiclass' ? nClasses : objective === 'binary' ? 2 : 1,
    alpha: resolved.objectiveAlpha,
    poissonMaxDeltaStep: resolved.poissonMaxDeltaStep,
  };
  return trainBooster({ owner: 'booster', seed: 1, ...rest, train: rows, parameters: resolved, objective: spec });
}

/** Raw scores of every row, row-major. */
export function rawScores(ensemble: TreeEnsemble, { nRows, columns }: FeatureMatrix): Float64Array {
  const scores = new Float64Array(nRows * ensemble.nOutputs);
  for (let row = 0; row < nRows; row++) {
    const out = scores.subarray(row * ensemble.nOutputs, (row + 1) * ensemble.nOutputs);
    scoreRow(
      ensemble,
      columns.map((column) => column[row] as number),
      out,
    );
  }
  return scores;
}

/** Root mean squared difference. */
export function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length);
}

/** Parameters that make trees symmetric. */
export const SYMMETRIC = {
  growPolicy: 'symmetric',
  numLeaves: 0,
  maxDepth: 3,
  minDataInLeaf: 1,
  minSumHessianInLeaf: 0,
  categoricalEncoding: 'ordered',
} as const;
