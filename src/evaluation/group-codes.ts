import { TabwrightError } from '../core/tabwright-error.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';

/**
 * Equal values of a column as equal numbers, counted from 0 in order of first appearance.
 * @returns codes Uint32Array [nRows], and how many there are
 * @throws COLUMN_INVALID where a value is missing
 */
export function groupCodes(column: Column): { readonly codes: Uint32Array; readonly nGroups: number } {
  const values = keys(column);
  const isMissing = column instanceof DictionaryColumn || column instanceof BooleanColumn ? isNegative : Number.isNaN;
  const positions = new Map<number, number>();
  const codes = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (isMissing(value)) {
      throw new TabwrightError(
        'COLUMN_INVALID',
        `validation: the group column must have no missing value, got one in row ${row}`,
      );
    }
    let code = positions.get(value);
    if (code === undefined) {
      code = positions.size;
      positions.set(value, code);
    }
    codes[row] = code;
  }
  return { codes, nGroups: positions.size };
}

function keys(column: Column): Float64Array | Int32Array | Int8Array {
  if (column instanceof DictionaryColumn || column instanceof BooleanColumn) return column.codes;
  return column instanceof DateColumn ? column.epochMs : column;
}

function isNegative(code: number): boolean {
  return code < 0;
}
