import { murmurHash } from './murmur-hash.js';

/** Where a text counts among so many columns, and as what: 1, or -1 for half of all texts where signs are asked for. */
export interface HashBucket {
  readonly index: number;
  readonly sign: 1 | -1;
}

/** The column of a text, as scikit-learn's FeatureHasher chooses it. */
export function hashBucket(text: string, buckets: number, signed: boolean): HashBucket {
  const hash = murmurHash(text);
  return { index: Math.abs(hash) % buckets, sign: signed && hash < 0 ? -1 : 1 };
}
