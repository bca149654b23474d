// A model that stops early is watched on rows that neither it nor its pipeline learned from.
import { expect, test } from 'vitest';
import type { FittedModel, Model, TrainingData } from '../../src/core/model.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { fitRows } from '../../src/training/fit-rows.js';
import { heldOutRows } from '../../src/training/held-out-rows.js';
import type { PreparedData } from '../../src/training/prepare-data.js';
import { standardScale } from '../../src/transforms/standard-scale.js';

const N = 200;
const data: PreparedData = {
  table: makeTable([['row', Float64Array.from({ length: N }, (_, row) => row)]]),
  spec: {
    fields: [{ name: 'row', type: 'number', nullable: false }],
    target: { column: 'bought', task: 'binary', classes: ['no', 'yes'] },
  } as unknown as PreparedData['spec'],
  target: Float64Array.from({ length: N }, (_, row) => Number(row % 4 === 0)),
  nClasses: 2,
  weights: Float64Array.from({ length: N }, (_, row) => row + 1),
  groups: undefined,
  times: undefined,
  warnings: [],
};

test('holds back a tenth of the rows with the classes in their shares, and the rest are learned from', () => {
  const { train, test: held } = heldOutRows(data, undefined, 1);
  expect(held).toHaveLength(N / 10);
  expect(held.filter((row) => row % 4 === 0)).toHaveLength(N / 40);
  expect([...train, ...held].sort((a, b) => a - b)).toEqual(Array.from({ length: N }, (_, row) => row));
});

test('holds back some of the rows it is given, and no other', () => {
  const rows = Uint32Array.from({ length: 100 }, (_, i) => 2 * i);
  const { train, test: held } = heldOutRows(data, rows, 1);
  expect([...train, ...held].sort((a, b) => a - b)).toEqual([...rows]);
});

test('holds back whole groups, and the latest rows, where the validation goes by them', () => {
  const codes = Int32Array.from({ length: N }, (_, row) => row % 20);
  const groups = new DictionaryColumn(
    codes,
    Array.from({ length: 20 }, (_, i) => `g${i}`),
  );
  const grouped = heldOutRows({ ...data, groups }, undefined, 1);
  const heldGroups = new Set(Array.from(grouped.test, (row) => row % 20));
  expect(Array.from(grouped.train).some((row) => heldGroups.has(row % 20))).toBe(false);
  const times = Float64Array.from({ length: N }, (_, row) => -row);
  const timed = heldOutRows({ ...data, times }, undefined, 1);
  expect(Math.max(...timed.test)).toBe(N / 10 - 1);
});

test('the pipeline and the model learn from none of the rows that the model stops by', async () => {
  const seen: { train: TrainingData; held: TrainingData | undefined }[] = [];
  const model: Model = {
    kind: 'spy',
    params: {},
    input: 'dense',
    tasks: ['binary'],
    stopsEarly: true,
    async fit(train, { validation } = {}) {
      seen.push({ train, held: validation });
      return {} as FittedModel;
    },
  };
  await fitRows({ pipeline: standardScale(), model, seed: 1 }, data, undefined, {});
  const { train, held } = seen[0] as (typeof seen)[0];
  const { train: learned, test: watched } = heldOutRows(data, undefined, 1);
  expect(train.features.nRows).toBe(learned.length);
  expect(held?.target).toEqual(Float64Array.from(watched, (row) => Number(row % 4 === 0)));
  expect(held?.weights).toEqual(Float64Array.from(watched, (row) => row + 1));
  const sum = (train.features.columns[0] as Float64Array).reduce((total, value) => total + value, 0);
  // Scaled by the mean of the learned rows alone, their values add up to nothing but rounding.
  expect(Math.abs(sum)).toBeLessThan(1e-9);
});
