// Builds the columns whose cells are held as numbers: numbers, dates and booleans.
import { BooleanColumn } from '../../../table/boolean-column.js';
import type { Column } from '../../../table/column.js';
import { DateColumn } from '../../../table/date-column.js';
import { grownArray } from '../../grown-array.js';
import type { CellBlock } from '../cell-block.js';
import type { CsvText } from '../csv-text.js';
import type { CellParser } from './cell-parser.js';
import type { ColumnBuilder } from './column-builder.js';
import { plainDecimal } from './plain-decimal.js';
import { trimmedEnd, trimmedStart } from './trimmed-cell.js';

/** How the values of one type are held. */
interface ValueForm<T> {
  /** Whether cells are decimals. */
  readonly isNumber: boolean;
  readonly missing: number;
  readonly column: (values: T) => Column;
}

const NUMBERS: ValueForm<Float64Array<ArrayBuffer>> = {
  isNumber: true,
  missing: Number.NaN,
  column: (values) => values,
};
const DATES: ValueForm<Float64Array<ArrayBuffer>> = {
  isNumber: false,
  missing: Number.NaN,
  column: (values) => new DateColumn(values),
};
const BOOLEANS: ValueForm<Int8Array<ArrayBuffer>> = {
  isNumber: false,
  missing: -1,
  column: (values) => new BooleanColumn(values),
};

/** A column of numbers, NaN where missing. */
export function numberBuilder(text: CsvText, parse: CellParser, expectedRows: number): ColumnBuilder {
  return valueBuilder(text, parse, NUMBERS, new Float64Array(expectedRows));
}

/** A column of instants. */
export function dateBuilder(text: CsvText, parse: CellParser, expectedRows: number): ColumnBuilder {
  return valueBuilder(text, parse, DATES, new Float64Array(expectedRows));
}

/** A column of booleans. */
export function booleanBuilder(text: CsvText, parse: CellParser, expectedRows: number): ColumnBuilder {
  return valueBuilder(text, parse, BOOLEANS, new Int8Array(expectedRows));
}

function valueBuilder<T extends Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer>>(
  text: CsvText,
  parse: CellParser,
  form: ValueForm<T>,
  room: T,
): ColumnBuilder {
  const plain = form.isNumber ? plainDecimal(text.dialect.decimal) : undefined;
  const { bytes, dialect } = text;
  let values = room;
  let nRows = 0;

  function append(cells: CellBlock, column: number): boolean {
    values = grownArray(values, nRows + cells.nRows);
    for (let row = 0, cell = column; row < cells.nRows; row++, cell += cells.nColumns) {
      const start = trimmedStart(bytes, cells.bounds[2 * cell] as number, cells.bounds[2 * cell + 1] as number);
      const end = trimmedEnd(bytes, start, cells.bounds[2 * cell + 1] as number);
      if (dialect.missing.has(bytes, start, end)) {
        values[nRows++] = form.missing;
        continue;
      }
      if (plain?.(bytes, start, end, values, nRows)) {
        nRows += 1;
        continue;
      }
      const value = parse(bytes, start, end);
      if (Number.isNaN(value)) return false;
      values[nRows++] = value;
    }
    return true;
  }

  return {
    append,
    finish: () => form.column(values.slice(0, nRows) as T),
  };
}
