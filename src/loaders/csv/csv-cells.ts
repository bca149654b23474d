// Cells of typed columns as CSV text.
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';

const MS_PER_DAY = 86_400_000;
const MIDNIGHT = 'T00:00:00.000Z'.length;

/** Cells a spreadsheet may run as a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n]/;

/** How cells are written. */
export interface CellFormat {
  /** One character. */
  readonly delimiter: string;
  /** A missing cell, as it is written. */
  readonly missing: string;
  readonly safeForSpreadsheets: boolean;
}

/** The text of a column's cell in a row. */
export type CellText = (row: number) => string;

/** Writes the cells of a column. */
export function csvCells(column: Column, format: CellFormat): CellText {
  if (column instanceof DictionaryColumn) return stringCells(column, format);
  if (column instanceof BooleanColumn) return booleanCells(column, format);
  if (column instanceof DateColumn) return dateCells(column, format);
  return numberCells(column, format);
}

/** A string as a cell: in quotes where it must be, or where a reader could take it for something else. */
export function stringCell(text: string, { delimiter, safeForSpreadsheets }: CellFormat): string {
  const safe = safeForSpreadsheets && FORMULA.test(text) ? `'${text}` : text;
  return safe === '' || safe.includes(delimiter) || /["\r\n]|^[\s\uFEFF]|\s$/.test(safe) ? quoted(safe) : safe;
}

function stringCells({ codes, values }: DictionaryColumn, format: CellFormat): CellText {
  const texts = values.map((value) => stringCell(value, format));
  return (row) => texts[codes[row] as number] ?? format.missing;
}

function booleanCells({ codes }: BooleanColumn, { missing }: CellFormat): CellText {
  return (row) => (codes[row] === 1 ? 'true' : codes[row] === 0 ? 'false' : missing);
}

function numberCells(values: Float64Array, { delimiter, missing }: CellFormat): CellText {
  return (row) => {
    const value = values[row] as number;
    if (Number.isNaN(value)) return missing;
    return plainCell(Object.is(value, -0) ? '-0' : String(value), delimiter);
  };
}

function dateCells({ epochMs }: DateColumn, { delimiter, missing }: CellFormat): CellText {
  const end = epochMs.every((ms) => Number.isNaN(ms) || ms % MS_PER_DAY === 0) ? -MIDNIGHT : undefined;
  return (row) => {
    const ms = epochMs[row] as number;
    return Number.isNaN(ms) ? missing : plainCell(new Date(ms).toISOString().slice(0, end), delimiter);
  };
}

/** A number or date, which needs quotes only for a delimiter such as a hyphen. */
function plainCell(text: string, delimiter: string): string {
  return text.includes(delimiter) ? quoted(text) : text;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
