import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { BooleanColumn } from '../../../src/table/boolean-column.js';
import type { Column } from '../../../src/table/column.js';
import { DateColumn } from '../../../src/table/date-column.js';
import { makeTable } from '../../../src/table/make-table.js';
import { readColumn } from '../../../src/table/read-column.js';
import { withColumns } from '../../../src/table/with-columns.js';

const word = fc.oneof(fc.constantFrom('', 'a', 'b', 'Zürich', 'NA'), fc.string({ unit: 'binary', maxLength: 12 }));
const number = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.NaN));
const instant = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -8e15, max: 8e15 }));

/** Tables of every kind of column, with missing cells. */
export const anyTable: fc.Arbitrary<ColumnTable> = fc.integer({ min: 0, max: 40 }).chain((nRows) => {
  const cells = <T>(cell: fc.Arbitrary<T>) => fc.array(cell, { minLength: nRows, maxLength: nRows });
  return fc
    .tuple(cells(number), cells(fc.constantFrom(-1, 0, 1)), cells(instant), cells(fc.option(word, { freq: 3 })))
    .map(([numbers, flags, instants, words]) => {
      const typed = makeTable([
        ['number', Float64Array.from(numbers)],
        ['flag', new BooleanColumn(Int8Array.from(flags))],
        ['at', new DateColumn(Float64Array.from(instants))],
      ]);
      return withColumns(typed, [['word', words as unknown as Column]]);
    });
});

/** Cells by column in order, missing ones null. */
export function cellsOf(table: ColumnTable): [string, unknown[]][] {
  return table.columnNames().map((name) => {
    const cells: unknown[] = [...readColumn(table, name)];
    return [name, cells.map((cell) => (Number.isNaN(cell) ? null : cell))];
  });
}
