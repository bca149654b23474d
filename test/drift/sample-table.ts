// Tables to measure drift on: normal and skewed numbers, few-valued numbers, categories and flags, with gaps.
import type { ColumnTable } from 'arquero';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import type { Random } from '../../src/core/random.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

/** The columns of {@link sampleTable}. */
export const sampleSpec: FeatureSpec = {
  fields: [
    { name: 'height', type: 'number', nullable: true },
    { name: 'income', type: 'number', nullable: true },
    { name: 'rooms', type: 'integer', nullable: true },
    { name: 'city', type: 'string', nullable: true },
    { name: 'owner', type: 'boolean', nullable: true },
    { name: 'since', type: 'datetime', nullable: true },
  ],
};

const CITIES = ['Basel', 'Bern', 'Chur', 'Genf', 'Uri', 'Zug'];
const START = Date.UTC(2024, 0, 1);

/** @param shift of every column: in standard deviations of `height` */
export function sampleTable(random: Random, nRows: number, shift = 0): ColumnTable {
  const numbers = (draw: () => number): Float64Array => Float64Array.from({ length: nRows }, draw);
  const codes = (draw: () => number): Int32Array => Int32Array.from({ length: nRows }, draw);
  return makeTable([
    ['height', numbers(() => 170 + 10 * (random.normal() + shift))],
    ['income', numbers(() => Math.exp(random.normal() + shift))],
    ['rooms', numbers(() => Math.floor(4 * random.next() ** (1 - shift / 2)) + 1)],
    [
      'city',
      new DictionaryColumn(
        codes(() => Math.floor(6 * random.next() ** (1 + shift))),
        CITIES,
      ),
    ],
    ['owner', new BooleanColumn(Int8Array.from(codes(() => Number(random.next() < 0.4 + shift / 5))))],
    ['since', new DateColumn(numbers(() => START + Math.floor(1e9 * (random.next() + shift))))],
  ]);
}

/** The rows of a table as objects. */
export function rowsOf(table: ColumnTable): Record<string, unknown>[] {
  const names = table.columnNames();
  return Array.from({ length: table.numRows() }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, table.column(name)?.at(row)])),
  );
}
