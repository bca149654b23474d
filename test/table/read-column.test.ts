import { table } from 'arquero';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { readColumn } from '../../src/table/read-column.js';

const { NaN: missing } = Number;

describe('readColumn', () => {
  it.each([
    ['a Float64Array', Float64Array.of(1)],
    ['a dictionary column', new DictionaryColumn(Int32Array.of(0), ['a'])],
    ['a boolean column', new BooleanColumn(Int8Array.of(1))],
    ['a date column', new DateColumn(Float64Array.of(0))],
  ])('hands out %s by reference', (_, column) => {
    expect(readColumn(table({ x: column as Float64Array }), 'x')).toBe(column);
  });

  it.each([
    ['numbers', [1, null, 2.5, undefined, Number.NaN], Float64Array.of(1, missing, 2.5, missing, missing)],
    ['big integers', [1n, null], Float64Array.of(1, missing)],
    ['strings', ['b', null, 'a', 'b'], new DictionaryColumn(Int32Array.of(0, -1, 1, 0), ['b', 'a'])],
    ['booleans', [true, null, false], new BooleanColumn(Int8Array.of(1, -1, 0))],
    ['dates', [new Date(5), null], new DateColumn(Float64Array.of(5, missing))],
    ['nothing', [null, undefined, null], Float64Array.of(missing, missing, missing)],
    ['32-bit floats', Float32Array.of(0.5, missing), Float64Array.of(0.5, missing)],
    ['bytes', Uint8Array.of(1, 2), Float64Array.of(1, 2)],
  ])('makes a typed column of %s', (_, cells, expected) => {
    expect(readColumn(table({ x: cells as unknown[] }), 'x')).toEqual(expected);
  });

  it('gives back the strings of any array', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string()), { minLength: 1 }), (strings) => {
        fc.pre(strings.some((string) => string !== null));
        expect((readColumn(table({ x: strings }), 'x') as DictionaryColumn).toArray()).toEqual(strings);
      }),
    );
  });

  it.each([
    [[1, 'a'], 'column x must hold one kind of value (number), got string in row 1'],
    [['a', null, true], 'column x must hold one kind of value (string), got boolean in row 2'],
    [[null, {}], 'column x must hold numbers, strings, booleans or dates, got object in row 1'],
  ])('refuses %j', (cells, message) => {
    expect(() => readColumn(table({ x: cells as unknown[] }), 'x')).toThrow(
      expect.objectContaining({ code: 'COLUMN_INVALID', message }),
    );
  });

  it.each(['y', 'constructor', 'toString'])('refuses %s where it is no column', (name) => {
    expect(() => readColumn(table({ x: [1] }), name)).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING', message: `column ${name} is not in the table` }),
    );
  });
});
