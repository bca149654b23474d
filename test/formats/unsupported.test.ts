import { expect, test } from 'vitest';
import { parseModelFile } from '../../src/formats/parse-model-file.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each([
  ['CBM1....', /\.cbm.*save_model\('model\.json', format='json', pool=train_pool\)/],
  ['\x80\x04\x95', /^pickle: it would run code; in Python: .*save_model/],
  ['PK\x03\x04', /^skops or zip file/],
  ['binf....', /booster\.save_model\('model\.json'\)/],
  ['hello', /it is none of/],
])('names the line of Python that helps for a file that starts with %j', (head, message) => {
  expect(() => parseModelFile(bytes(head))).toThrow(
    expect.objectContaining({ code: 'MODEL_FILE_UNSUPPORTED', message: expect.stringMatching(message) }),
  );
});

test('a CatBoost model that does not hold its categories says how to save it', () => {
  const features = { float_features: [], categorical_features: [{ feature_id: 'c', flat_feature_index: 0 }] };
  const model = { features_info: features, scale_and_bias: [1, [0]], oblivious_trees: [] };
  expect(() => parseModelFile(bytes(JSON.stringify(model)))).toThrow(/pool=train_pool/);
});

test('linear trees and other boosters are refused by name', () => {
  const linear = { learner: { gradient_booster: { name: 'gblinear' } } };
  expect(() => parseModelFile(bytes(JSON.stringify(linear)))).toThrow(/booster "gblinear" has no trees/);
});
