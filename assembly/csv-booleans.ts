// Booleans by their words.
import { isMissing, trimmedEnd, trimmedStart } from './csv-missing';

/**
 * Reads cells as int8 until one is neither missing (-1) nor one of `nWords` words of up to 8 bytes; returns how many it read. A word is
 * u64 bytes, filled up with zeros, and u64 its value.
 */
export function readBooleans(
  cells: usize,
  stride: usize,
  nRows: i32,
  text: usize,
  out: usize,
  dialect: usize,
  words: usize,
  nWords: i32,
): i32 {
  const last = words + (<usize>nWords << 4);
  for (let row = 0; row < nRows; row++) {
    const cellEnd = text + <usize>load<i32>(cells, 4);
    const start = trimmedStart(text + <usize>load<i32>(cells), cellEnd);
    const end = trimmedEnd(start, cellEnd);
    let value: i8 = -1;
    if (!isMissing(start, end, dialect)) {
      const length = end - start;
      if (length - 1 > 7) return row;
      const cell = load<u64>(start) & (<u64>-1 >> (64 - (<u64>length << 3)));
      let word = words;
      while (word < last && load<u64>(word) != cell) word += 16;
      if (word == last) return row;
      value = load<i8>(word, 8);
    }
    store<i8>(out, value);
    out += 1;
    cells += stride;
  }
  return nRows;
}
