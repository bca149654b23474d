// Sizes and digests of stored files, and reads that are checked against them.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { TabwrightError } from './tabwright-error.js';

const SLICE_BYTES = 2 ** 22;

/** What is known of one file. */
export interface FileDigest {
  readonly sizeBytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The size and digest of bytes at hand. */
export async function digestOf(bytes: Uint8Array): Promise<FileDigest> {
  return { sizeBytes: bytes.byteLength, sha256: await sha256(bytes) };
}

/** Digest of bytes as 64 hexadecimal digits, taken in slices so that a large file does not hold up the event loop. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    if (start > 0) await setImmediate();
    hash.update(bytes.subarray(start, start + SLICE_BYTES));
  }
  return hash.digest('hex');
}

/** True for what {@link digestOf} gave, read from JSON. */
export function isFileDigest(value: unknown): value is FileDigest {
  if (typeof value !== 'object' || value === null) return false;
  const { sizeBytes, sha256: digest } = value as Record<string, unknown>;
  return Number.isSafeInteger(sizeBytes) && /^[0-9a-f]{64}$/.test(String(digest));
}

/**
 * The bytes of a file, compared with what was noted when it was stored.
 * @param what The file in messages: "adult/3: model.txt".
 * @throws BUNDLE_INVALID where it was cut off or altered, and what the file system throws
 */
export async function readDigested(path: string, expected: FileDigest, what: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size !== expected.sizeBytes) {
      throw new TabwrightError(
        'BUNDLE_INVALID',
        `${what} is cut off or altered: expected ${expected.sizeBytes} bytes, found ${size}`,
      );
    }
    const { buffer, byteOffset, byteLength } = await file.readFile();
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    if ((await sha256(bytes)) === expected.sha256) return bytes;
    throw new TabwrightError('BUNDLE_INVALID', `${what} was altered: its digest is not the one stored with it`);
  } finally {
    await file.close();
  }
}
