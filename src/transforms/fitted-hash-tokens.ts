// The words of a text, counted in columns chosen by a hash: the applying half of hash-tokens.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { MAX_BUCKETS } from './fitted-hashing-encode.js';
import { fittedTextMap } from './fitted-text-map.js';
import { hashBucket } from './hash-bucket.js';
import { jsonFields } from './json-fields.js';

export const TOKEN_NORMS = ['l2', 'l1', 'none'] as const;
export const MAX_TOKEN_LENGTH = 100;

/** The settings of the step with its columns; it learns nothing else. */
export interface HashTokensState {
  readonly buckets: number;
  readonly signed: boolean;
  readonly lowercase: boolean;
  readonly minLength: number;
  /** Whether a word counts once, however often it occurs. */
  readonly binary: boolean;
  readonly norm: (typeof TOKEN_NORMS)[number];
  readonly keep: boolean;
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedHashTokens(state: HashTokensState): FittedTransformer {
  const { buckets, columns, keep } = state;
  return fittedTextMap({
    json: { kind: 'hashTokens', ...state },
    columns,
    keep,
    outputs: (column) => Array.from({ length: buckets }, (_, i) => `${column} token ${i}`),
    write: tokenWriter(state),
    missing: 0,
  });
}

/** @throws BUNDLE_INVALID */
export function readHashTokens(json: JsonObject): FittedTransformer {
  const fields = jsonFields('hashTokens', json);
  return fittedHashTokens({
    buckets: fields.integer('buckets', 1, MAX_BUCKETS),
    signed: fields.flag('signed'),
    lowercase: fields.flag('lowercase'),
    minLength: fields.integer('minLength', 1, MAX_TOKEN_LENGTH),
    binary: fields.flag('binary'),
    norm: fields.choice('norm', TOKEN_NORMS),
    keep: fields.flag('keep'),
    columns: fields.names('columns'),
  });
}

function tokenWriter(state: HashTokensState): (text: string, out: Float64Array) => void {
  const { buckets, signed, lowercase, minLength, binary, norm } = state;
  const token = new RegExp(`[\\p{L}\\p{N}_]{${minLength},}`, 'gu');
  return (text, out) => {
    const found = (lowercase ? text.toLowerCase() : text).match(token) ?? [];
    for (const word of binary ? new Set(found) : found) {
      const { index, sign } = hashBucket(word, buckets, signed);
      out[index] = (out[index] as number) + sign;
    }
    if (norm !== 'none') normalise(out, norm);
  };
}

function normalise(out: Float64Array, norm: 'l1' | 'l2'): void {
  let sum = 0;
  for (const count of out) sum += norm === 'l2' ? count * count : Math.abs(count);
  const size = norm === 'l2' ? Math.sqrt(sum) : sum;
  if (size === 0) return;
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / size;
}
