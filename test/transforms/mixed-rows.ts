// Small tables with numbers, booleans and strings, missing cells among them, for the tests of the steps.
import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

export interface MixedRow {
  readonly amount: number | null;
  readonly flag: boolean | null;
  readonly word: string | null;
}

const WORDS = ['a', 'b', 'c', '', 'is missing', 'a=b', '\u{1F600}', 'other'];
/** Never in the rows that steps are fitted on. */
const NEW_WORDS = [...WORDS, 'new', 'constructor', '__proto__'];

const amount = fc.option(fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constantFrom(-0, 0, 1)));
const flag = fc.option(fc.boolean());

export const trainingRows: fc.Arbitrary<MixedRow[]> = fc.array(
  fc.record({ amount, flag, word: fc.option(fc.constantFrom(...WORDS)) }),
  { minLength: 1, maxLength: 20 },
);

export const newRows: fc.Arbitrary<MixedRow[]> = fc.array(
  fc.record({
    amount: fc.option(fc.double({ noNaN: true })),
    flag,
    word: fc.option(fc.constantFrom(...NEW_WORDS)),
  }),
  { minLength: 1, maxLength: 20 },
);

export const COLUMNS = ['amount', 'flag', 'word'] as const;

export function mixedTable(rows: readonly MixedRow[]): ColumnTable {
  return makeTable([
    ['amount', numbers(rows.map((row) => row.amount))],
    ['flag', booleans(rows.map((row) => row.flag))],
    ['word', strings(rows.map((row) => row.word))],
  ]);
}

export function numbers(cells: readonly (number | null)[]): Float64Array {
  return Float64Array.from(cells, (cell) => cell ?? Number.NaN);
}

export function booleans(cells: readonly (boolean | null)[]): BooleanColumn {
  return new BooleanColumn(Int8Array.from(cells, (cell) => (cell === null ? -1 : Number(cell))));
}

export function strings(cells: readonly (string | null)[]): DictionaryColumn {
  const values = [...new Set(cells.filter((cell) => cell !== null))];
  return new DictionaryColumn(
    Int32Array.from(cells, (cell) => (cell === null ? -1 : values.indexOf(cell))),
    values,
  );
}

/** Instants from ISO 8601 texts. */
export function dates(cells: readonly (string | null)[]): DateColumn {
  return new DateColumn(Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Date.parse(cell))));
}

/** Cells of one column, missing as null. */
export function cellsOf(table: ColumnTable, name: string): unknown[] {
  const column = table.column(name) as { at(row: number): unknown };
  return Array.from({ length: table.numRows() }, (_, row) => {
    const cell = column.at(row);
    return Number.isNaN(cell) ? null : cell;
  });
}
