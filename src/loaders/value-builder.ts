// Builds the columns whose cells are held as numbers: numbers, dates and booleans.
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import type { CellBlock } from './cell-block.js';
import type { CellParser } from './cell-parser.js';
import type { ColumnBuilder } from './column-builder.js';
import type { CsvText } from './csv-text.js';
import { grownArray } from './grown-array.js';
import { trimmedEnd, trimmedStart } from './trimmed-cell.js';

/** A column of numbers, NaN where missing. */
export function numberBuilder(text: CsvText, parse: CellParser, expectedRows: number): ColumnBuilder {
  return valueBuilder(text, parse, { values: new Float64Array(expectedRows), missing: Number.NaN }, (values) => values);
}

/** A column of instants. */
export function dateBuilder(text: CsvText, parse: CellParser, expectedRows: number): ColumnBuilder {
  const into = { values: new Float64Array(expectedRows), missing: Number.NaN };
  return valueBuilder(text, parse, into, (values) => new DateColumn(values));
}

/** A column of booleans. */
export function booleanBuilder(text: CsvText, parse: CellParser, expectedRows: number): ColumnBuilder {
  const into = { values: new Int8Array(expectedRows), missing: -1 };
  return valueBuilder(text, parse, into, (values) => new BooleanColumn(values));
}

function valueBuilder<T extends Float64Array | Int8Array>(
  text: CsvText,
  parse: CellParser,
  into: { readonly values: T; readonly missing: number },
  wrap: (values: T) => Column,
): ColumnBuilder {
  const { bytes, dialect } = text;
  let values = into.values;
  let nRows = 0;

  function append(cells: CellBlock, column: number): boolean {
    values = grownArray(values, nRows + cells.nRows);
    for (let row = 0, cell = column; row < cells.nRows; row++, cell += cells.nColumns) {
      const start = trimmedStart(bytes, cells.starts[cell] as number, cells.ends[cell] as number);
      const end = trimmedEnd(bytes, start, cells.ends[cell] as number);
      if (dialect.missing.has(bytes, start, end)) {
        values[nRows++] = into.missing;
        continue;
      }
      const value = parse(bytes, start, end);
      if (Number.isNaN(value)) return false;
      values[nRows++] = value;
    }
    return true;
  }

  return { append, finish: () => wrap(values.slice(0, nRows) as T) };
}
