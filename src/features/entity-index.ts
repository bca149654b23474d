// The entities a training set asks for, as codes that every source's key column is translated to.
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { numberIndex } from '../table/number-index.js';

/** Codes of entities. */
export interface EntityIndex {
  /** Int32Array [nRows] of the column it was made from; -1 is missing. */
  readonly codes: Int32Array;
  /** Codes are below this; not all need occur. */
  readonly size: number;
  /**
   * Int32Array [length]: the codes of another column's entities; -1 where it is missing or not asked for.
   * @throws COLUMN_INVALID where the column is of another kind
   */
  lookup(column: Column, what: string): Int32Array;
}

/**
 * Indexes a column of strings or numbers.
 * @param what first words of messages: "labels: prospect_id"
 * @throws COLUMN_INVALID for dates and booleans
 */
export function entityIndex(column: Column, what: string): EntityIndex {
  if (column instanceof DictionaryColumn) return stringEntities(column);
  if (column instanceof Float64Array) return numberEntities(column);
  throw new TabwrightError('COLUMN_INVALID', `${what} must hold strings or numbers`);
}

function stringEntities({ codes, values }: DictionaryColumn): EntityIndex {
  const places = new Map(values.map((value, place) => [value, place]));
  return {
    codes,
    size: values.length,
    lookup(column, what) {
      if (!(column instanceof DictionaryColumn)) return emptyCodes(column, what, 'strings');
      const translated = Int32Array.from(column.values, (value) => places.get(value) ?? -1);
      return column.codes.map((code) => (code === -1 ? -1 : (translated[code] as number)));
    },
  };
}

function numberEntities(values: Float64Array): EntityIndex {
  const { codes, size, lookup } = numberIndex(values);
  return {
    codes,
    size,
    lookup(column, what) {
      return column instanceof Float64Array ? lookup(column) : emptyCodes(column, what, 'numbers');
    },
  };
}

/** A column with no value at all reads as numbers, and fits either kind. */
function emptyCodes(column: Column, what: string, kind: string): Int32Array {
  if (column instanceof Float64Array && column.every(Number.isNaN)) return new Int32Array(column.length).fill(-1);
  throw new TabwrightError('COLUMN_INVALID', `${what} must hold ${kind}, as the entity column of the labels does`);
}
