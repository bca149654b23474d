import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkUtf8 } from '../../src/loaders/check-utf8.js';

/** Bytes that are mostly the parts of multi-byte sequences. */
const bytes = fc
  .uint8Array({ maxLength: 12 })
  .chain((any) =>
    fc
      .array(
        fc.constantFrom(0x41, 0x0a, 0x80, 0xbf, 0xc3, 0xc0, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5),
        { maxLength: 12 },
      )
      .map((parts) => Uint8Array.from([...any.subarray(0, 2), ...parts])),
  );

function isValid(text: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
    return true;
  } catch {
    return false;
  }
}

/** The start of the first wrong sequence: up to there the text is valid, and no continuation of it with the next byte is. */
function naiveOffset(text: Uint8Array): number {
  let valid = text.length;
  while (!isValid(text.subarray(0, valid))) valid -= 1;
  return valid;
}

describe('checkUtf8', () => {
  it('takes and refuses what the decoder does, and names the offset', () => {
    fc.assert(
      fc.property(bytes, (text) => {
        if (isValid(text)) expect(() => checkUtf8(text, 'x')).not.toThrow();
        else expect(() => checkUtf8(text, 'x')).toThrow(new RegExp(`but byte ${naiveOffset(text)} \\(line`));
      }),
      { numRuns: 10_000 },
    );
  });
});
