import fc from 'fast-check';
import { snappyUncompress } from 'hyparquet';
import { expect, it } from 'vitest';
import { snappyCompress } from '../../../src/loaders/parquet/snappy-compress.js';

function decompressed(bytes: Uint8Array, nBytes: number): Buffer {
  const out = Buffer.alloc(nBytes);
  snappyUncompress(bytes, out);
  return out;
}

it('gives bytes that a reader of snappy makes the same bytes of', () => {
  const piece = fc.record({ bytes: fc.uint8Array({ maxLength: 300 }), times: fc.integer({ min: 1, max: 400 }) });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const input = Buffer.concat(pieces.flatMap(({ bytes, times }) => Array<Uint8Array>(times).fill(bytes)));
      expect(decompressed(snappyCompress(input), input.length).equals(input)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('makes little of bytes that repeat, and hardly more of others', () => {
  const same = Buffer.alloc(1_000_000, 'abcdefgh');
  expect(snappyCompress(same).length).toBeLessThan(same.length / 15);
  const random = Buffer.from(Float64Array.from({ length: 50_000 }, (_, i) => Math.sin(i) * 1e9).buffer);
  expect(snappyCompress(random).length).toBeLessThan(1.01 * random.length);
  expect(decompressed(snappyCompress(random), random.length).equals(random)).toBe(true);
});
