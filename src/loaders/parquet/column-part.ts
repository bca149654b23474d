import type { DictionaryEntries } from '../string-dictionary.js';

/** A column's cells in some consecutive rows, in arrays that threads can hand over. Missing values are as in the table's columns. */
export type ColumnPart =
  | { readonly type: 'number' | 'date'; readonly values: Float64Array<ArrayBuffer> }
  | { readonly type: 'boolean'; readonly values: Int8Array<ArrayBuffer> }
  | {
      readonly type: 'string';
      /** Positions in the part's own dictionary; -1 is missing. */
      readonly codes: Int32Array<ArrayBuffer>;
      readonly dictionary: DictionaryEntries;
    };

/** The memory of a part, to be handed over. */
export function partBuffers(part: ColumnPart): ArrayBuffer[] {
  if (part.type !== 'string') return [part.values.buffer];
  const { ends, pool } = part.dictionary;
  return [part.codes.buffer, ends.buffer, pool.buffer];
}
