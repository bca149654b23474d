import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StringDictionary } from '../../src/loaders/string-dictionary.js';

describe('StringDictionary', () => {
  it('gives codes by first appearance, as a Map does', () => {
    const strings = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.string({ unit: 'binary' })), { maxLength: 300 });
    fc.assert(
      fc.property(strings, (list) => {
        const dictionary = new StringDictionary();
        const codes = new Map<string, number>();
        for (const string of list) {
          if (!codes.has(string)) codes.set(string, codes.size);
          const bytes = Buffer.from(`[${string}]`);
          expect(dictionary.add(bytes, 1, bytes.length - 1)).toBe(codes.get(string));
        }
        expect(dictionary.strings().toArray()).toEqual([...codes.keys()]);
      }),
    );
  });

  it('keeps many distinct strings apart', () => {
    const dictionary = new StringDictionary();
    const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, i) => String(i).padStart(6)).join(''));
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 50_000; i++) expect(dictionary.add(bytes, i * 6, i * 6 + 6)).toBe(i);
    }
  });
});
