import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { encodeTarget } from '../../src/schema/encode-target.js';

const target = (task: 'binary' | 'multiclass' | 'regression', positive?: string | number | boolean) => ({
  column: 'y',
  task,
  ...(positive === undefined ? {} : { positive }),
});

describe('encodeTarget', () => {
  it('puts the positive class last', () => {
    const encoded = encodeTarget(table({ y: ['a', 'b', 'a'] }), target('binary', 'a'));
    expect(encoded.target).toEqual({ column: 'y', task: 'binary', positive: 'a', classes: ['b', 'a'] });
    expect(encoded.values).toEqual(Float64Array.of(1, 0, 1));
  });

  it('takes the positive label as text, as a command line gives it', () => {
    expect(encodeTarget(table({ y: [0, 1, 2 - 1] }), target('binary', '1')).target.positive).toBe(1);
    expect(encodeTarget(table({ y: [true, false] }), target('binary', 'true')).target.positive).toBe(true);
  });

  it('takes the larger label for positive where none is named', () => {
    expect(encodeTarget(table({ y: ['no', 'yes'] }), target('binary')).target.positive).toBe('yes');
    expect(encodeTarget(table({ y: [7, 3] }), target('binary')).target.positive).toBe(7);
  });

  it('gives classes of several labels in sort order', () => {
    const encoded = encodeTarget(table({ y: ['c', 'a', 'b', 'c'] }), target('multiclass'));
    expect(encoded.target.classes).toEqual(['a', 'b', 'c']);
    expect(encoded.values).toEqual(Float64Array.of(2, 0, 1, 2));
    expect(encoded.nClasses).toBe(3);
  });

  it('knows labels that look like numbers in a file that has no others', () => {
    const known = { ...target('multiclass'), classes: ['1', '2', 'A'] };
    expect(encodeTarget(table({ y: [2, 1] }), known).values).toEqual(Float64Array.of(1, 0));
  });

  it('uses known classes as they stand', () => {
    const known = { ...target('binary', 'yes'), classes: ['no', 'yes'] };
    expect(encodeTarget(table({ y: ['yes', 'yes'] }), known).values).toEqual(Float64Array.of(1, 1));
    expect(() => encodeTarget(table({ y: ['maybe'] }), known)).toThrow(/label in row 0 that the model does not know/);
  });

  it.each([
    ['missing values', table({ y: ['a', null, 'b', null] }), target('binary'), /null in 2 rows, first 1/],
    ['one class only', table({ y: ['a', 'a'] }), target('binary'), /at least two classes/],
    ['three classes for a binary task', table({ y: ['a', 'b', 'c'] }), target('binary'), /multiclass/],
    [
      'a positive label that no row has',
      table({ y: ['a', 'b'] }),
      target('binary', 'z'),
      /no row with the positive label/,
    ],
    ['strings for a regression', table({ y: ['a', 'b'] }), target('regression'), /numbers for a regression/],
    ['Infinity for a regression', table({ y: [1, Number.POSITIVE_INFINITY] }), target('regression'), /finite/],
    [
      'dates for a classification',
      table({ y: [new Date(1), new Date(2)] }),
      target('binary'),
      /strings, numbers or booleans/,
    ],
  ])('refuses %s', (_, given, wanted, message) => {
    expect(() => encodeTarget(given, wanted)).toThrow(
      expect.objectContaining({ code: 'TARGET_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('names a column that is not there', () => {
    expect(() => encodeTarget(table({ x: [1] }), target('binary'))).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING' }),
    );
  });
});
