// Columns of strings as codes: of a dictionary in the file, each string is looked at once, whatever the number of rows.
import { isUtf8 } from 'node:buffer';
import { TabwrightError } from '../../core/tabwright-error.js';
import { type DictionaryEntries, StringDictionary } from '../string-dictionary.js';
import type { ColumnValues, PageValues } from './column-values.js';
import { dictionaryIndexes } from './dictionary-indexes.js';
import type { ByteRange } from './hybrid-runs.js';
import { malformed } from './malformed.js';
import { plainBytes } from './plain-bytes.js';
import { bytesEnd } from './plain-numbers.js';
import { plainTexts } from './plain-texts.js';
import { spreadValues } from './spread-values.js';
import type { ValueType } from './value-type.js';

/** A column of strings. */
export function textValues(type: ValueType, nRows: number): ColumnValues {
  const strings = new StringDictionary();
  const codes = new Int32Array(nRows);
  /** Codes of the strings in the dictionary of the chunk. */
  let dictionary = new Int32Array(0);

  function readPlain(range: ByteRange, count: number, out: Int32Array, at: number): void {
    const { bytes, start, end } = plainTexts(range, type, count);
    let from = start;
    for (let i = 0; i < count; i++) {
      const to = bytesEnd(bytes, from, end);
      out[at + i] = strings.add(bytes, from + 4, to);
      from = to;
    }
  }

  function gather({ range, count, at }: PageValues): void {
    const indexes = dictionaryIndexes(range, count, dictionary.length);
    for (let i = 0; i < count; i++) codes[at + i] = dictionary[indexes[i] as number] as number;
  }

  return {
    setDictionary(range, count) {
      if (count > range.end - range.start) throw malformed('a dictionary has fewer values than it says');
      dictionary = new Int32Array(count);
      readPlain(range, count, dictionary, 0);
    },
    read(page) {
      if (page.encoding === 'RLE_DICTIONARY' || page.encoding === 'PLAIN_DICTIONARY') gather(page);
      else readPlain(plainBytes(page.range, page.encoding, type, page.count), page.count, codes, page.at);
    },
    spread: (levels, rows, at) => spreadValues(codes, -1, levels, { nRows: rows, at }),
    finish() {
      const entries = strings.entries();
      checkText(entries);
      return { type: 'string', codes, dictionary: entries };
    },
  };
}

/** Refuses strings that are not UTF-8. Strings one after another are, where they are together and none starts within a character. */
function checkText({ size, ends, pool }: DictionaryEntries): void {
  const nBytes = size === 0 ? 0 : (ends[size - 1] as number);
  let isText = isUtf8(pool.subarray(0, nBytes));
  for (let code = 1; code < size; code++) {
    const start = ends[code - 1] as number;
    if (start < nBytes && ((pool[start] as number) & 0xc0) === 0x80) isText = false;
  }
  if (!isText) throw new TabwrightError('TEXT_ENCODING', 'holds bytes that are not text in UTF-8');
}
