import { mixed } from './number-hash.js';

/** A hash of a text's code units by a seed, an integer of 32 bits: FNV-1a, then mixed. */
export function textHash(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}
