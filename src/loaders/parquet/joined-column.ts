import type { TimeSlice } from '../../core/time-slice.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { StringPool } from '../../table/string-pool.js';
import { StringDictionary } from '../string-dictionary.js';
import type { ColumnPart } from './column-part.js';

type StringPart = Extract<ColumnPart, { type: 'string' }>;

const STRINGS_BETWEEN_PAUSES = 4096;

/** The column that its parts make, in the order of the rows. Of a single part the memory is kept. */
export async function joinedColumn(parts: readonly ColumnPart[], slice: TimeSlice): Promise<Column> {
  const strings: StringPart[] = [];
  const flags: Int8Array[] = [];
  const numbers: Float64Array[] = [];
  for (const part of parts) {
    if (part.type === 'string') strings.push(part);
    else if (part.type === 'boolean') flags.push(part.values);
    else numbers.push(part.values);
  }
  if (strings.length > 0) return joinedStrings(strings, slice);
  if (flags.length > 0) return new BooleanColumn(joined(flags, (length) => new Int8Array(length)));
  const values = joined(numbers, (length) => new Float64Array(length));
  return parts[0]?.type === 'date' ? new DateColumn(values) : values;
}

function joined<T extends Float64Array | Int32Array | Int8Array>(arrays: readonly T[], make: (length: number) => T): T {
  const [only] = arrays;
  if (only !== undefined && arrays.length === 1) return only;
  const all = make(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

async function joinedStrings(parts: readonly StringPart[], slice: TimeSlice): Promise<DictionaryColumn> {
  const codes = joined(
    parts.map((part) => part.codes),
    (length) => new Int32Array(length),
  );
  const [only] = parts;
  const { size, ends, pool } =
    only !== undefined && parts.length === 1 ? only.dictionary : await merged(parts, codes, slice);
  return new DictionaryColumn(codes, new StringPool(size, ends, pool));
}

/** One dictionary of all parts; the codes, which are those of each part's own, become its codes. */
async function merged(
  parts: readonly StringPart[],
  codes: Int32Array,
  slice: TimeSlice,
): Promise<StringPart['dictionary']> {
  const all = new StringDictionary();
  let row = 0;
  for (const { codes: own, dictionary } of parts) {
    const { size, ends, pool } = dictionary;
    const to = new Int32Array(size);
    for (let code = 0; code < size; code++) {
      to[code] = all.add(pool, code === 0 ? 0 : (ends[code - 1] as number), ends[code] as number);
      if (code % STRINGS_BETWEEN_PAUSES === 0 && slice.due()) await slice.pause();
    }
    for (const last = row + own.length; row < last; row++) {
      const code = codes[row] as number;
      if (code >= 0) codes[row] = to[code] as number;
    }
  }
  return all.entries();
}
