import { StringPool } from '../table/string-pool.js';
import type { DictionaryEntries } from './string-dictionary.js';

/** The strings of a dictionary by code, decoded in steps of some thousand. */
export function dictionaryStrings({
  size,
  ends,
  pool,
}: Omit<DictionaryEntries, 'hashes'>): Generator<undefined, string[]> {
  return new StringPool(size, ends, pool).steps();
}
