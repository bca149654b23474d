import { isAscii } from 'node:buffer';
import type { DictionaryEntries } from './string-dictionary.js';

const DECODED_AT_ONCE = 4096;

/** The strings of a dictionary by code, decoded in steps of some thousand. */
export function* dictionaryStrings({
  size,
  ends,
  pool,
}: Omit<DictionaryEntries, 'hashes'>): Generator<undefined, string[]> {
  const values = new Array<string>(size);
  for (let code = 0; code < size; code += DECODED_AT_ONCE) {
    decode(pool, ends, { from: code, to: Math.min(code + DECODED_AT_ONCE, size) }, values);
    yield;
  }
  return values;
}

/** Puts the strings of some codes into the list. In ASCII a byte is a character, so that they are cut from one text. */
function decode(
  pool: Uint8Array,
  ends: Int32Array,
  { from, to }: { readonly from: number; readonly to: number },
  values: string[],
): void {
  const first = from === 0 ? 0 : (ends[from - 1] as number);
  const bytes = Buffer.from(pool.buffer, pool.byteOffset + first, (ends[to - 1] as number) - first);
  const text = isAscii(bytes) ? bytes.toString('latin1') : undefined;
  let start = 0;
  for (let code = from; code < to; code++) {
    const end = (ends[code] as number) - first;
    values[code] = text === undefined ? bytes.toString('utf8', start, end) : text.slice(start, end);
    start = end;
  }
}
