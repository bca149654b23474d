import type { ColumnValues, PageValues } from './column-values.js';
import { readHybridRuns } from './hybrid-runs.js';
import { malformed } from './malformed.js';
import { spreadValues } from './spread-values.js';

/** A column of booleans: one bit each in PLAIN encoding, else runs after their length in bytes. */
export function booleanValues(nRows: number): ColumnValues {
  const codes = new Int8Array(nRows);

  function readBits({ range: { bytes, start, end }, count, at }: PageValues): void {
    if (8 * (end - start) < count) throw malformed('a page has fewer values than it says');
    for (let i = 0; i < count; i++) codes[at + i] = ((bytes[start + (i >> 3)] as number) >> (i & 7)) & 1;
  }

  function readRuns({ range, count, at }: PageValues): void {
    const bits = new Int32Array(count);
    readHybridRuns({ ...range, start: range.start + 4 }, 1, bits, count);
    codes.set(bits, at);
  }

  return {
    setDictionary(_range, count) {
      if (count > 0) throw malformed('booleans have no dictionary');
    },
    read(page) {
      if (page.count === 0) return;
      if (page.encoding === 'PLAIN') readBits(page);
      else if (page.encoding === 'RLE') readRuns(page);
      else throw malformed(`a page has the encoding ${page.encoding}, which its type cannot have`);
    },
    spread: (levels, rows, at) => spreadValues(codes, -1, levels, { nRows: rows, at }),
    finish: () => ({ type: 'boolean', values: codes }),
  };
}
