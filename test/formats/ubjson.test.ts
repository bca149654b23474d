import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUbjson } from '../../src/formats/ubjson-reader.js';
import type { UbjsonValue } from '../../src/formats/ubjson-writer.js';
import { writeUbjson } from '../../src/formats/ubjson-writer.js';

const value: fc.Arbitrary<UbjsonValue> = fc.letrec<{ value: UbjsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.float32Array({ noNaN: true, maxLength: 20_000 }),
    fc.int32Array({ maxLength: 50 }),
    fc.uint8Array({ maxLength: 50 }),
    fc.array(fc.integer(), { maxLength: 5 }).map((list) => BigInt64Array.from(list, BigInt)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

test('what is written is read again', () => {
  fc.assert(
    fc.property(value, (written) => {
      expect(readUbjson(writeUbjson(written))).toEqual(plain(written));
    }),
  );
});

test('bytes past a buffer of the writer are not lost', () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `name ${i}`);
  expect(readUbjson(writeUbjson(texts))).toEqual(texts);
});

test.each([
  ['a length past the end', '[$d#L\x7f\xff\xff\xff\xff\xff\xff\xff'],
  ['a negative length', '[#i\xff'],
  ['values of a type that takes no bytes', '[$T#l\x7f\xff\xff\xff'],
  ['a typed container without a count', '[$d]'],
  ['nesting without end', '['.repeat(100)],
  ['bytes after the value', 'TT'],
  ['a type that there is none of', '['.concat('Q')],
])('refuses %s', (_, text) => {
  expect(() => readUbjson(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toThrow(/^UBJSON: /);
});

function plain(value: UbjsonValue): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, Number);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as UbjsonValue)]));
}
