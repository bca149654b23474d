import { StringPool } from '../table/string-pool.js';
import type { ChunkStrings } from './column-chunk.js';

/** The strings of a chunk one by one; each is made when it is first asked for. */
export function stringReader(strings: ChunkStrings): (code: number) => string {
  if (!('pool' in strings)) return (code) => strings[code] as string;
  const pool = new StringPool(strings.size, strings.ends, strings.pool);
  const made = new Array<string | undefined>(strings.size);
  return (code) => {
    made[code] ??= pool.at(code);
    return made[code] as string;
  };
}
