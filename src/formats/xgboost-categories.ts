// The categories of a data frame that XGBoost 3.1 and later keep with the model: UTF-8 texts end to end, or numbers.
import { jsonFields } from '../transforms/json-fields.js';
import { jsonMember } from './json-member.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';

const FORMAT = 'XGBoost model';

/** Levels by feature; undefined for a feature that has none, and for all where the model keeps none. @throws BUNDLE_INVALID */
export function xgboostCategories(cats: unknown, nFeatures: number): readonly (readonly string[] | undefined)[] {
  if (cats === undefined) return [];
  const encodings = jsonFields('cats', cats).list('enc');
  if (encodings.length === 0) return [];
  if (encodings.length !== nFeatures) throw broken(`enc must have ${nFeatures} entries`);
  return encodings.map((encoding) => levels(encoding));
}

function levels(encoding: unknown): readonly string[] | undefined {
  const fields = jsonFields('cats.enc', encoding);
  const values = fields.numbers('values');
  if (jsonMember(encoding, 'offsets') === undefined) {
    return values.length === 0 ? undefined : values.map(String);
  }
  const offsets = fields.numbers('offsets');
  if (offsets.length === 0) return undefined;
  if (values.some((byte) => byte < 0 || byte > 127)) {
    // XGBoost 3.2 counts characters where it means bytes, and so cuts such names in the wrong places.
    throw unsupportedFile(FORMAT, 'it keeps names of categories beyond ASCII wrongly', 'train on table.cat.codes');
  }
  const bytes = Uint8Array.from(values);
  const ascending = offsets.every((offset, i) => Number.isInteger(offset) && offset >= (offsets[i - 1] ?? 0));
  if (!ascending || (offsets.at(-1) as number) > bytes.length) throw broken('offsets must ascend within values');
  const decoder = new TextDecoder();
  const texts = offsets.slice(1).map((end, i) => decoder.decode(bytes.subarray(offsets[i], end)));
  if (new Set(texts).size !== texts.length) throw broken('categories must differ');
  return texts;
}

function broken(rule: string): Error {
  return brokenFile(FORMAT, `cats: ${rule}`);
}
