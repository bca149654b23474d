// What a model is fitted on must hold nothing that the rows of a prediction will not have.
import { expect, test } from 'vitest';
import type { FittedModel, Model, TrainingData } from '../../src/core/model.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { fitRows, scoreRows } from '../../src/training/fit-rows.js';
import type { PreparedData } from '../../src/training/prepare-data.js';
import { impute } from '../../src/transforms/impute.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { targetEncode } from '../../src/transforms/target-encode.js';

const N = 60;
const ALL = Uint32Array.from({ length: N }, (_, row) => row);

/** One category a row and targets that alternate: nothing can be learned, and only a leak could look as if it were. */
const data: PreparedData = {
  table: makeTable([['id', new DictionaryColumn(Int32Array.from(ALL), Array.from(ALL, String))]]),
  spec: {
    fields: [{ name: 'id', type: 'string', nullable: false }],
    target: { column: 'bought', task: 'binary' },
  } as unknown as PreparedData['spec'],
  target: Float64Array.from(ALL, (row) => row % 2),
  nClasses: 2,
  weights: undefined,
  groups: undefined,
  times: undefined,
  warnings: [],
};

/** Predicts its one feature, and remembers what it was fitted on. */
function spyModel(seen: TrainingData[]): Model {
  const fitted = { predict: ({ columns }: TrainingData['features']) => Float64Array.from(columns[0] ?? []) };
  return {
    kind: 'spy',
    params: {},
    input: 'dense',
    tasks: ['binary'],
    async fit(train) {
      seen.push(train);
      return fitted as unknown as FittedModel;
    },
  };
}

test.each([
  ['alone', targetEncode({ smoothing: 0 })],
  ['inside a pipeline', pipeline([impute({ columns: [] }), pipeline([targetEncode({ smoothing: 0 })])])],
])('a model never sees a row encoded by its own target (%s)', async (_, step) => {
  const seen: TrainingData[] = [];
  const pair = await fitRows({ pipeline: step, model: spyModel(seen), seed: 1 }, data, undefined, {});
  const encoded = seen[0]?.features.columns[0] as Float64Array;
  const right = encoded.filter((value, row) => value > 0.5 === (data.target[row] === 1)).length;
  // The mean of the other folds is on the other side of one half wherever they hold more rows of the other class.
  expect(right).toBeLessThan(0.7 * N);
  // The step that predicts has learned from all rows: here it gives each its own target back.
  expect([...scoreRows(pair, data, ALL)]).toEqual([...data.target]);
});

test('tells steps the task and the classes', async () => {
  const seen: TrainingData[] = [];
  const classes = {
    ...data,
    nClasses: 3,
    spec: { ...data.spec, target: { column: 'bought', task: 'multiclass' as const } },
  };
  await fitRows({ pipeline: targetEncode(), model: spyModel(seen), seed: 1 }, classes, undefined, {});
  expect(seen[0]?.features.features.map(({ name }) => name)).toEqual([
    ...['id for class 0', 'id for class 1', 'id for class 2'],
  ]);
});
