import { table } from 'arquero';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { plainTable } from '../../src/table/plain-table.js';
import { readColumn } from '../../src/table/read-column.js';
import { takeRows } from '../../src/table/take-rows.js';
import { withColumns } from '../../src/table/with-columns.js';

const mixed = () =>
  table({
    number: [1.5, null, 3],
    string: ['b', 'a', null],
    boolean: [true, null, false],
    date: [new Date(0), null, new Date(1e12)],
  });

describe('plainTable', () => {
  it('is the table itself where there is nothing to carry out', () => {
    const plain = mixed();
    expect(plainTable(plain)).toBe(plain);
  });

  const given = table({ x: [1, 2, 3, 4] });
  const filtered = given.filter((row: { x: number }) => row.x > 1);

  it.each([
    ['a filter', filtered, [2, 3, 4]],
    ['an order', given.orderby((row: { x: number }) => -row.x), [4, 3, 2, 1]],
    ['both', filtered.orderby((row: { x: number }) => -row.x), [4, 3, 2]],
  ])('carries out %s', (_, view, expected) => {
    const plain = plainTable(view);
    expect([plain.isFiltered(), plain.isOrdered()]).toEqual([false, false]);
    expect(readColumn(plain, 'x')).toEqual(Float64Array.from(expected));
  });
});

describe('takeRows', () => {
  it('takes the rows in the order given, with repeats, whatever the type of the column', () => {
    const rows = mixed().objects() as object[];
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 })), (positions) => {
        const taken = takeRows(mixed(), Uint32Array.from(positions));
        const expected = positions.map((position) => ({ ...rows[position], number: [1.5, Number.NaN, 3][position] }));
        expect(taken.objects()).toEqual(expected);
      }),
    );
  });

  it('leaves the table it takes from alone', () => {
    const numbers = Float64Array.of(1, 2, 3);
    const taken = takeRows(table({ x: numbers }), Uint32Array.of(2, 0));
    (taken.column('x') as unknown as Float64Array)[0] = 9;
    expect(numbers).toEqual(Float64Array.of(1, 2, 3));
  });
});

describe('withColumns', () => {
  const a = Float64Array.of(1, 2);
  const b = Float64Array.of(3, 4);
  const c = new DictionaryColumn(Int32Array.of(0, 0), ['c']);

  it('replaces in place, appends, removes, and keeps the rest by reference', () => {
    const changed = withColumns(
      table({ a, b, x: b }),
      [
        ['a', c],
        ['10', a],
      ],
      ['x'],
    );
    expect(changed.columnNames()).toEqual(['a', 'b', '10']);
    expect(['a', 'b', '10'].map((name) => changed.column(name))).toEqual([c, b, a]);
    expect(changed.column('b')).toBe(b);
  });

  it('appends a column that is removed and set at once', () => {
    expect(withColumns(table({ a, b }), [['a', c]], ['a']).columnNames()).toEqual(['b', 'a']);
  });

  it('changes the number of rows where every column is set anew', () => {
    const changed = withColumns(table({ a }), [['a', Float64Array.of(1, 2, 3)]]);
    expect(changed.numRows()).toBe(3);
  });

  it('drops groups, since they belong to the old rows', () => {
    expect(withColumns(table({ a }).groupby('a'), [['b', b]]).isGrouped()).toBe(false);
  });
});
