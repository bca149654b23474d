import { describe, expect, test } from 'vitest';
import type { TrainingData } from '../../src/core/model.js';
import { checkTrainingData } from '../../src/models/check-training-data.js';
import { binaryData, matrixOf } from './training-data.js';

const DENSE = { kind: 'logistic', input: 'dense', tasks: ['binary', 'multiclass'] } as const;
const good = binaryData([0, 1, 1], [1, 2, 3], [4, 5, 6]);
const check = (data: Partial<TrainingData>) => () => checkTrainingData({ ...good, ...data }, DENSE);

test('good data passes', () => expect(check({ weights: Float64Array.of(1, 0, 2) })).not.toThrow());

describe.each<[string, Partial<TrainingData>, string, string]>([
  ['a task the model does not have', { task: 'regression' }, 'TARGET_INVALID', 'the task must be binary or multiclass'],
  ['no rows', { features: matrixOf([], []) }, 'DATA_EMPTY', 'there are no rows'],
  ['a short column', { features: matrixOf([1, 2, 3], [1, 2]) }, 'COLUMN_INVALID', 'x1 must have 3 rows, got 2'],
  [
    'a column missing',
    { features: { ...good.features, columns: [] } },
    'COLUMN_INVALID',
    '2 features must have as many',
  ],
  ['a short target', { target: Float64Array.of(0, 1) }, 'TARGET_INVALID', 'must have 3 rows, got 2'],
  ['a missing target', { target: Float64Array.of(0, Number.NaN, 1) }, 'TARGET_INVALID', 'below 2, got NaN in row 1'],
  ['a class past the last', { target: Float64Array.of(0, 1, 2) }, 'TARGET_INVALID', 'below 2, got number in row 2'],
  ['half a class', { target: Float64Array.of(0, 0.5, 1) }, 'TARGET_INVALID', 'got number in row 1'],
  ['one class', { target: Float64Array.of(1, 1, 1) }, 'TARGET_INVALID', 'at least two classes'],
  ['one class that weighs', { weights: Float64Array.of(0, 1, 1) }, 'TARGET_INVALID', 'at least two classes'],
  ['a short weight', { weights: Float64Array.of(1) }, 'COLUMN_INVALID', 'weights must have 3 rows, got 1'],
  ['a negative weight', { weights: Float64Array.of(1, -1, 1) }, 'VALUE_INVALID', 'got number in row 1'],
  ['a missing weight', { weights: Float64Array.of(1, 1, Number.NaN) }, 'VALUE_INVALID', 'got NaN in row 2'],
  ['weights of 0', { weights: new Float64Array(3) }, 'VALUE_INVALID', 'must not all be 0'],
])('%s', (_, data, code, message) => {
  test(`throws ${code}`, () => {
    expect(check(data)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

test('a categorical feature is refused by dense models alone', () => {
  const features = {
    ...good.features,
    features: good.features.features.map(({ name }) => ({ name, kind: 'categorical' as const })),
  };
  expect(check({ features })).toThrow('logistic: x0 must be numeric, got categorical');
  expect(() => checkTrainingData({ ...good, features }, { ...DENSE, input: 'native' })).not.toThrow();
});

test('a target of numbers must be finite', () => {
  const data: TrainingData = { ...good, target: Float64Array.of(1, Number.POSITIVE_INFINITY, 2), task: 'regression' };
  expect(() => checkTrainingData(data, { ...DENSE, tasks: ['regression'] })).toThrow('finite, got Infinity in row 1');
});
