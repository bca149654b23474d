import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/file-digest.js';

test.each([0, 1, 2 ** 22, 2 ** 22 + 1, 9_000_000])(
  'the digest of %i bytes is the one taken at once',
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => i % 253);
    expect(await sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  },
);
