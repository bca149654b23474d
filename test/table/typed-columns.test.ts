import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

const DAY = Date.UTC(2024, 1, 29);
const CASES = [
  {
    name: 'DictionaryColumn',
    column: new DictionaryColumn(Int32Array.of(1, -1, 0), ['a', 'b']),
    cells: ['b', null, 'a'],
  },
  { name: 'BooleanColumn', column: new BooleanColumn(Int8Array.of(1, -1, 0)), cells: [true, null, false] },
  {
    name: 'DateColumn',
    column: new DateColumn(Float64Array.of(0, Number.NaN, DAY)),
    cells: [new Date(0), null, new Date(DAY)],
  },
];

describe.each(CASES)('$name', ({ column, cells }) => {
  it('gives the same cells by position, as an array and by iteration', () => {
    expect(column).toHaveLength(cells.length);
    expect(cells.map((_, row) => column.at(row))).toEqual(cells);
    expect(column.toArray()).toEqual(cells);
    expect([...column]).toEqual(cells);
  });

  it('has null past its end', () => {
    expect(column.at(cells.length)).toBeNull();
  });

  it('is a plain column to arquero: filter, order and objects', () => {
    const table = makeTable([
      ['x', column],
      ['position', Float64Array.of(0, 1, 2)],
    ]);
    expect(table.filter((row: { x: unknown }) => row.x !== null).array('position')).toEqual([0, 2]);
    expect(table.orderby('position').objects()).toEqual(cells.map((x, position) => ({ x, position })));
  });
});

describe('DictionaryColumn', () => {
  it('groups in arquero as an array of the same strings does', () => {
    const cells = fc.array(fc.option(fc.constantFrom('a', 'b', 'c')), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(cells, (strings) => {
        const codes = Int32Array.from(strings, (string) => (string === null ? -1 : 'abc'.indexOf(string)));
        const table = makeTable([['x', new DictionaryColumn(codes, ['a', 'b', 'c'])]]);
        const counts = new Map<string | null, number>();
        for (const string of strings) counts.set(string, (counts.get(string) ?? 0) + 1);
        const found = table.groupby('x').count().objects() as { x: string | null; count: number }[];
        expect(new Map(found.map(({ x, count }) => [x, count]))).toEqual(counts);
      }),
    );
  });
});
