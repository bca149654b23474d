import { DictionaryColumn } from '../../../table/dictionary-column.js';
import { grownArray } from '../../grown-array.js';
import { StringDictionary } from '../../string-dictionary.js';
import { type CellBlock, ESCAPED } from '../cell-block.js';
import type { CsvText } from '../csv-text.js';
import type { ColumnBuilder } from './column-builder.js';
import { trimmedEnd, trimmedStart } from './trimmed-cell.js';
import { Unescaper } from './unescaper.js';

/** A column of strings; every cell fits. */
export function stringBuilder({ bytes, dialect }: CsvText, expectedRows: number): ColumnBuilder {
  const dictionary = new StringDictionary();
  const unescaper = new Unescaper(dialect.quote);
  let codes = new Int32Array(expectedRows);
  let nRows = 0;

  function append(cells: CellBlock, column: number): boolean {
    codes = grownArray(codes, nRows + cells.nRows);
    for (let row = 0, cell = column; row < cells.nRows; row++, cell += cells.nColumns) {
      const start = cells.bounds[2 * cell] as number;
      const end = cells.bounds[2 * cell + 1] as number;
      if (cells.marks[cell] === ESCAPED) {
        const length = unescaper.read(bytes, start, end);
        codes[nRows++] = code(unescaper.bytes, 0, length);
      } else {
        codes[nRows++] = code(bytes, start, end);
      }
    }
    return true;
  }

  function code(from: Uint8Array, start: number, end: number): number {
    const inner = trimmedStart(from, start, end);
    if (dialect.missing.has(from, inner, trimmedEnd(from, inner, end))) return -1;
    return dictionary.add(from, start, end);
  }

  return {
    append,
    finish: () => new DictionaryColumn(codes.slice(0, nRows), dictionary.strings()),
  };
}
