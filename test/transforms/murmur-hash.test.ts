import { expect, test } from 'vitest';
import { hashBucket } from '../../src/transforms/hash-bucket.js';
import { murmurHash } from '../../src/transforms/murmur-hash.js';

// Published vectors of MurmurHash3_x86_32 with seed 0.
test.each([
  ['', 0],
  ['test', 0xba6bd213],
  ['Hello, world!', 0xc0363e43],
  ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
])('hashes %j as the reference does', (text, expected) => {
  expect(murmurHash(text) >>> 0).toBe(expected);
});

test('a bucket is the hash among the columns, its sign that of the hash', () => {
  // 0xba6bd213 is -1167338989 as a signed integer.
  expect(hashBucket('test', 10, true)).toEqual({ index: 9, sign: -1 });
  expect(hashBucket('test', 10, false)).toEqual({ index: 9, sign: 1 });
});
