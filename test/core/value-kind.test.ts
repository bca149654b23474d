import { expect, test } from 'vitest';
import { valueKind } from '../../src/core/value-kind.js';

const KINDS: readonly (readonly [unknown, string])[] = [
  [null, 'null'],
  [undefined, 'undefined'],
  [[], 'array'],
  [new Date(), 'date'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, 'Infinity'],
  [1.5, 'number'],
  ['secret', 'string'],
  [true, 'boolean'],
  [1n, 'bigint'],
  [{}, 'object'],
  [() => {}, 'function'],
];

test.each(KINDS)('names the kind of %o', (value, kind) => {
  expect(valueKind(value)).toBe(kind);
});
