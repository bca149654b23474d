import { mixed } from './number-hash.js';

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A hash of a text's UTF-8 by a seed, an integer of 32 bits: FNV-1a, then mixed. */
export function textHash(text: string, seed: number): number {
  let hash = seed ^ FNV_BASIS;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return bytesHash(Buffer.from(text), seed);
    hash = Math.imul(hash ^ unit, FNV_PRIME);
  }
  return mixed(hash);
}

function bytesHash(bytes: Uint8Array, seed: number): number {
  let hash = seed ^ FNV_BASIS;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return mixed(hash);
}
