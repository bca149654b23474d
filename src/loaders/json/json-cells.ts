// Cells of typed columns as JSON.
import { TabwrightError } from '../../core/tabwright-error.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';

/** The JSON of a column's cell in a row. */
export type CellJson = (row: number) => string;

/**
 * Writes the cells of a column: missing ones as null, instants in ISO 8601, numbers so that they read back to the same bits.
 * The function given back throws VALUE_INVALID for an infinity and for an instant outside the years of ISO 8601.
 */
export function jsonCells(column: Column, name: string): CellJson {
  if (column instanceof DictionaryColumn) {
    const texts = column.values.map((value) => JSON.stringify(value));
    return (row) => texts[column.codes[row] as number] ?? 'null';
  }
  if (column instanceof BooleanColumn) {
    return (row) => (column.codes[row] === 1 ? 'true' : column.codes[row] === 0 ? 'false' : 'null');
  }
  if (column instanceof DateColumn) return (row) => instantJson(column.epochMs[row] as number, name);
  return (row) => numberJson(column[row] as number, name);
}

function numberJson(value: number, name: string): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) throw new TabwrightError('VALUE_INVALID', `writeJson: column ${name} holds an infinity`);
  return Object.is(value, -0) ? '-0' : String(value);
}

function instantJson(ms: number, name: string): string {
  if (Number.isNaN(ms)) return 'null';
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) {
    throw new TabwrightError('VALUE_INVALID', `writeJson: column ${name} holds an instant outside the years 0 to 9999`);
  }
  return `"${date.toISOString()}"`;
}
