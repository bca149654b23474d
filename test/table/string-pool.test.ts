import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { StringPool } from '../../src/table/string-pool.js';

function poolOf(strings: readonly string[]): StringPool {
  const bytes = strings.map((text) => Buffer.from(text));
  let end = 0;
  const ends = Int32Array.from(bytes, ({ length }) => {
    end += length;
    return end;
  });
  return new StringPool(strings.length, ends, Buffer.concat(bytes));
}

describe('StringPool', () => {
  it('gives the strings that its bytes were made from, one by one and all', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 40 }), (strings) => {
        const pool = poolOf(strings);
        expect(pool.toArray()).toEqual(strings);
        expect(strings.map((_, code) => pool.at(code))).toEqual(strings);
      }),
    );
  });
});

describe('DictionaryColumn over a pool', () => {
  it.each([3, 5000])('reads as one over %i strings, whatever is asked for first', (nStrings) => {
    const strings = Array.from({ length: nStrings }, (_, i) => (i % 9 === 0 ? `né${i}` : `n${i}`));
    const codes = Int32Array.of(2, -1, 0, nStrings - 1);
    const plain = new DictionaryColumn(codes, strings);
    const ask: ((column: DictionaryColumn) => unknown)[] = [
      (column) => [0, 1, 2, 3].map((row) => column.at(row)),
      (column) => column.values,
      (column) => column.toArray(),
      (column) => [...column],
    ];
    for (const first of ask) {
      const column = new DictionaryColumn(codes, poolOf(strings));
      expect(first(column)).toEqual(first(plain));
      for (const next of ask) expect(next(column)).toEqual(next(plain));
      expect(column).toEqual(plain);
      expect(column.values).toBe(column.values);
    }
  });
});
