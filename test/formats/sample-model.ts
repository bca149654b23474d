// Small models with numbers, categories and missing values, for the tests of file formats.
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import type { Task } from '../../src/core/feature-spec.js';
import { createRandom } from '../../src/core/random.js';
import type { FittedGradientBoosting } from '../../src/models/fitted-gradient-boosting.js';
import { gradientBoosting } from '../../src/models/gradient-boosting.js';

export const LEVELS = ['red', 'green', 'blue', 'Ü x', 'grey'];

/** Float32 numbers, some missing, and level positions. */
export function sampleMatrix(nRows: number, seed = 1): FeatureMatrix {
  const random = createRandom(seed);
  const numbers = (): Float64Array =>
    Float64Array.from({ length: nRows }, () => (random.next() < 0.1 ? Number.NaN : Math.fround(random.normal())));
  const levels = Float64Array.from({ length: nRows }, () => {
    return random.next() < 0.1 ? Number.NaN : Math.floor(random.next() * LEVELS.length);
  });
  return {
    nRows,
    features: [
      { name: 'first one', kind: 'numeric' },
      { name: 'b', kind: 'numeric' },
      { name: 'colour', kind: 'categorical', levels: LEVELS },
    ],
    columns: [numbers(), numbers(), levels],
  };
}

export async function sampleModel(task: Task, numIterations = 6): Promise<FittedGradientBoosting> {
  const features = sampleMatrix(400);
  const target = Float64Array.from({ length: 400 }, (_, row) => {
    const [a = 0, b = 0, level = 0] = features.columns.map((column) => column[row] || 0);
    const score = a * b + (level % 2) + (Number.isNaN(features.columns[0]?.[row]) ? 1 : 0);
    return { binary: Number(score > 0.4), multiclass: Number(score > 0) + Number(score > 1), regression: score }[task];
  });
  const nClasses = { binary: 2, multiclass: 3, regression: 1 }[task];
  const model = gradientBoosting({ numIterations, numLeaves: 8, minDataPerGroup: 5, minDataInLeaf: 5 });
  return (await model.fit({ features, target, task, nClasses }, { seed: 1 })) as FittedGradientBoosting;
}
