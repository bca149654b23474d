import { describe, expect, it } from 'vitest';
import { gradientBoostingReader } from '../../src/models/fitted-gradient-boosting.js';
import { gradientBoosting } from '../../src/models/gradient-boosting.js';
import { checkModel } from '../../src/testing/check-model.js';

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
