import type { ColumnValues, PageValues } from './column-values.js';
import { dictionaryIndexes } from './dictionary-indexes.js';
import { plainBytes } from './plain-bytes.js';
import { plainNumbers } from './plain-numbers.js';
import { spreadValues } from './spread-values.js';
import type { ValueType } from './value-type.js';

/** A column of numbers or instants. */
export function numberValues(type: ValueType, nRows: number): ColumnValues {
  const values = new Float64Array(nRows);
  const readPlain = plainNumbers(type);
  let dictionary = new Float64Array(0);

  function gather({ range, count, at }: PageValues): void {
    const indexes = dictionaryIndexes(range, count, dictionary.length);
    for (let i = 0; i < count; i++) values[at + i] = dictionary[indexes[i] as number] as number;
  }

  return {
    setDictionary(range, count) {
      dictionary = new Float64Array(count);
      readPlain(range, count, dictionary, 0);
    },
    read(page) {
      if (page.encoding === 'RLE_DICTIONARY' || page.encoding === 'PLAIN_DICTIONARY') gather(page);
      else readPlain(plainBytes(page.range, page.encoding, type, page.count), page.count, values, page.at);
    },
    spread: (levels, rows, at) => spreadValues(values, Number.NaN, levels, { nRows: rows, at }),
    finish: () => ({ type: type.kind === 'date' ? 'date' : 'number', values }),
  };
}
