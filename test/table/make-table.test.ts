import { describe, expect, it } from 'vitest';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

describe('makeTable', () => {
  it('keeps columns by reference and in order, also under names that are numbers', () => {
    const first = Float64Array.of(1, 2);
    const second = new DictionaryColumn(Int32Array.of(0, -1), ['x']);
    const table = makeTable([
      ['b', first],
      ['1', second],
      ['constructor', first],
    ]);
    expect(table.columnNames()).toEqual(['b', '1', 'constructor']);
    expect(table.column('b')).toBe(first);
    expect(table.column('1')).toBe(second);
    expect(table.column('constructor')).toBe(first);
  });

  it('has no rows where it has no columns', () => {
    expect(makeTable([]).numRows()).toBe(0);
  });

  it('refuses columns of unequal length, by name', () => {
    const columns: [string, Float64Array][] = [
      ['a', new Float64Array(2)],
      ['b', new Float64Array(3)],
    ];
    expect(() => makeTable(columns)).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID', message: 'column b must have 2 rows, got 3' }),
    );
  });

  it.each([
    [['a', 'a'], 'column a must not be there twice'],
    [['__proto__'], 'column __proto__ must have another name'],
  ])('refuses names that arquero mistakes: %j', (names, message) => {
    const columns = names.map((name): [string, Float64Array] => [name, new Float64Array(1)]);
    expect(() => makeTable(columns)).toThrow(expect.objectContaining({ code: 'COLUMN_INVALID', message }));
  });
});
