import { StringPool } from '../table/string-pool.js';
import type { ChunkStrings } from './column-chunk.js';

/** The string of a code. */
export function stringAt(strings: ChunkStrings, code: number): string {
  return 'pool' in strings ? poolOf(strings).at(code) : (strings[code] as string);
}

/** All strings by code. */
export function allStrings(strings: ChunkStrings): readonly string[] {
  return 'pool' in strings ? poolOf(strings).toArray() : strings;
}

function poolOf({ size, ends, pool }: Extract<ChunkStrings, { pool: unknown }>): StringPool {
  return new StringPool(size, ends, pool);
}
