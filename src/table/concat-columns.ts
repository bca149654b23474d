import { TabwrightError } from '../core/tabwright-error.js';
import { BooleanColumn } from './boolean-column.js';
import type { Column } from './column.js';
import { DateColumn } from './date-column.js';
import { DictionaryColumn } from './dictionary-column.js';

/**
 * The cells of several columns of one kind, one after another; a single column by reference.
 * @param what the column in messages: "prospect_id"
 * @throws COLUMN_INVALID where kinds differ
 */
export function concatColumns(columns: readonly Column[], what: string): Column {
  const [first] = columns;
  if (first === undefined) throw new TabwrightError('COLUMN_INVALID', `column ${what} must have at least one part`);
  if (columns.length === 1) return first;
  const nRows = columns.reduce((sum, { length }) => sum + length, 0);
  if (columns.every((column) => column instanceof DictionaryColumn)) return concatStrings(columns, nRows);
  if (columns.every((column) => column instanceof BooleanColumn)) {
    return new BooleanColumn(
      concat(
        new Int8Array(nRows),
        columns.map(({ codes }) => codes),
      ),
    );
  }
  if (columns.every((column) => column instanceof DateColumn)) {
    return new DateColumn(
      concat(
        new Float64Array(nRows),
        columns.map(({ epochMs }) => epochMs),
      ),
    );
  }
  if (columns.every((column) => column instanceof Float64Array)) return concat(new Float64Array(nRows), columns);
  throw new TabwrightError('COLUMN_INVALID', `column ${what} must be of one kind in all parts`);
}

function concatStrings(columns: readonly DictionaryColumn[], nRows: number): DictionaryColumn {
  const places = new Map<string, number>();
  const recoded = columns.map(({ codes, values }) => {
    const to = values.map((value) => {
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      return place;
    });
    return codes.map((code) => to[code] ?? -1);
  });
  return new DictionaryColumn(concat(new Int32Array(nRows), recoded), [...places.keys()]);
}

function concat<T extends { set(from: T, at: number): void; readonly length: number }>(to: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    to.set(part, at);
    at += part.length;
  }
  return to;
}
