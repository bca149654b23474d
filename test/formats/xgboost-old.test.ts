// XGBoost before version 3 writes no number where a categorical node has no threshold: NaN, which JSON does not have.
import { expect, test } from 'vitest';
import { readModelFile } from '../../src/models/read-model-file.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { sampleMatrix, sampleModel } from './sample-model.js';

const file = new TextDecoder().decode(writeModelFile(await sampleModel('binary'), 'xgboost-json'));

/** The file with the conditions that `which` picks replaced by NaN; names of features have the text NaN too. */
function withNan(which: (isCategorical: boolean) => boolean): Uint8Array {
  const json = JSON.parse(file);
  json.learner.feature_names[1] = 'the "NaN" one';
  for (const tree of json.learner.gradient_booster.model.trees) {
    const categorical = new Set<number>(tree.categories_nodes);
    tree.split_conditions = tree.split_conditions.map((value: number, node: number) =>
      which(categorical.has(node)) ? '?' : value,
    );
  }
  return new TextEncoder().encode(JSON.stringify(json).replaceAll('"?"', 'NaN'));
}

test('NaN at categorical nodes is read, and a name that says NaN stays', async () => {
  const model = await readModelFile(withNan((isCategorical) => isCategorical));
  const plain = await readModelFile(new TextEncoder().encode(file));
  expect(model.features[1]?.name).toBe('the "NaN" one');
  const { columns, nRows } = sampleMatrix(200, 3);
  const own = model.predict({ nRows, features: model.features, columns });
  expect(own).toEqual(plain.predict({ nRows, features: plain.features, columns }));
});

test('NaN in place of any other number is refused', async () => {
  await expect(readModelFile(withNan((isCategorical) => !isCategorical))).rejects.toMatchObject({
    code: 'BUNDLE_INVALID',
  });
});
