// MurmurHash3, 32 bits (Appleby, public domain): the hash by which scikit-learn's FeatureHasher chooses columns.

const ENCODER = new TextEncoder();

/** The hash of a text's UTF-8 bytes with seed 0, as a signed integer; the same on every machine. */
export function murmurHash(text: string): number {
  const bytes = ENCODER.encode(text);
  const nWhole = bytes.length & ~3;
  let hash = 0;
  for (let i = 0; i < nWhole; i += 4) hash = mixWord(hash, word(bytes, i, 4));
  if (nWhole < bytes.length) hash ^= scramble(word(bytes, nWhole, bytes.length - nWhole));
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Up to four bytes, the first the lowest. */
function word(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value |= (bytes[start + i] as number) << (8 * i);
  return value;
}

function scramble(value: number): number {
  return Math.imul(rotateLeft(Math.imul(value, 0xcc9e2d51), 15), 0x1b873593);
}

function mixWord(hash: number, value: number): number {
  return (Math.imul(rotateLeft(hash ^ scramble(value), 13), 5) + 0xe6546b64) | 0;
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
