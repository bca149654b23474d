// Categories as one of some columns, chosen by a hash: the applying half of hashing-encode.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedTextMap } from './fitted-text-map.js';
import { hashBucket } from './hash-bucket.js';
import { jsonFields } from './json-fields.js';

/** Most columns that one column becomes. */
export const MAX_BUCKETS = 65_536;

/** The settings of the step with its columns; it learns nothing else. */
export interface HashingState {
  readonly buckets: number;
  readonly signed: boolean;
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedHashingEncode({ buckets, signed, columns }: HashingState): FittedTransformer {
  return fittedTextMap({
    json: { kind: 'hashingEncode', buckets, signed, columns },
    columns,
    keep: false,
    outputs: (column) => Array.from({ length: buckets }, (_, i) => `${column} hash ${i}`),
    write(text, out) {
      const { index, sign } = hashBucket(text, buckets, signed);
      out[index] = sign;
    },
    missing: 0,
  });
}

/** @throws BUNDLE_INVALID */
export function readHashingEncode(json: JsonObject): FittedTransformer {
  const fields = jsonFields('hashingEncode', json);
  return fittedHashingEncode({
    buckets: fields.integer('buckets', 1, MAX_BUCKETS),
    signed: fields.flag('signed'),
    columns: fields.names('columns'),
  });
}
