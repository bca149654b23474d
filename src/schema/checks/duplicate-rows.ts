// Rows whose cells, in one or several columns together, were there before.
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { numberIndex } from '../../table/number-index.js';

interface Codes {
  readonly codes: Int32Array;
  readonly size: number;
}

/** Sets 1 in `broken` (Uint8Array [nRows]) for all but the first of equal rows; a row with a missing cell equals none. */
export function duplicateRows(columns: readonly Column[], broken: Uint8Array): void {
  const { codes, size } = columns.map(codesOf).reduce(combined);
  const seen = new Uint8Array(size);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code === -1) continue;
    if (seen[code] === 1) broken[row] = 1;
    seen[code] = 1;
  }
}

function codesOf(column: Column): Codes {
  if (column instanceof DictionaryColumn) return { codes: column.codes, size: column.values.length };
  if (column instanceof BooleanColumn) return { codes: Int32Array.from(column.codes), size: 2 };
  return numberIndex(column instanceof DateColumn ? column.epochMs : column);
}

/** Codes of pairs. A pair's number is below the product of two sizes, far below 2^53. */
function combined(a: Codes, b: Codes): Codes {
  const pairs = Float64Array.from(a.codes, (code, row) => {
    const other = b.codes[row] as number;
    return code === -1 || other === -1 ? Number.NaN : code * b.size + other;
  });
  return numberIndex(pairs);
}
