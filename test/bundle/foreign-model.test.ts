// Directories as Python logs them: an MLmodel in YAML beside the file of a library.
import { describe, expect, it } from 'vitest';
import { readBundle } from '../../src/bundle/read-bundle.js';
import type { BundleFiles } from '../../src/core/registry.js';
import { gradientBoosting } from '../../src/models/gradient-boosting.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { sampleMatrix, sampleModel } from '../formats/sample-model.js';

const all = sampleMatrix(200, 3);
const features = ['age', 'visits'].map((name) => ({ name, kind: 'numeric' as const }));
const matrix = { nRows: 200, features, columns: all.columns.slice(0, 2) };
const target = Float64Array.from({ length: 200 }, (_, row) => Number((matrix.columns[1]?.[row] ?? 0) > 0));
const train = { features: matrix, target, task: 'binary', nClasses: 2 } as const;
const model = await gradientBoosting({ numIterations: 3 }).fit(train);

function directory(columns: readonly object[] | undefined, file = writeModelFile(model, 'lightgbm')): BundleFiles {
  const signature = columns === undefined ? '' : `signature:\n  inputs: '${JSON.stringify(columns)}'\n`;
  const mlmodel = `flavors:\n  lightgbm:\n    data: model.lgb\n${signature}`;
  return new Map([
    ['MLmodel', new TextEncoder().encode(mlmodel)],
    ['model.lgb', file],
  ]);
}

const column = (name: string, type: string, required = true) => ({ type, name, required });

describe('a directory of another library', () => {
  it('has the columns of its signature, in the order of the model', () => {
    const { spec, model: read } = readBundle(directory([column('visits', 'long'), column('age', 'double')]));
    expect(spec.fields).toEqual([
      { name: 'age', type: 'number', nullable: true },
      { name: 'visits', type: 'integer', nullable: false },
    ]);
    expect(spec.target).toMatchObject({ task: 'binary', classes: [0, 1] });
    expect(read.predict(matrix)).toEqual(model.predict(matrix));
  });

  it('has the features of the file where there is no signature', async () => {
    const { spec } = readBundle(directory(undefined, writeModelFile(await sampleModel('binary'), 'lightgbm')));
    expect(spec.fields.map(({ type }) => type)).toEqual(['number', 'number', 'string']);
  });

  it.each([
    ['other columns', [column('age', 'double'), column('spent', 'double')]],
    ['fewer columns', [column('age', 'double')]],
    ['strings where the model takes numbers', [column('age', 'string'), column('visits', 'double')]],
    ['types that rows cannot have', [column('age', 'binary'), column('visits', 'double')]],
  ])('is refused where its signature has %s', (_, columns) => {
    expect(() => readBundle(directory(columns))).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });

  it('is refused with what to do where it is pickled', () => {
    const pickled = directory(undefined, Uint8Array.of(0x80, 4, 0x95));
    expect(() => readBundle(pickled)).toThrow(/pickle: it would run code; in Python: /);
  });
});
