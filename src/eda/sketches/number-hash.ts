// Hashes of doubles for sketches: two words of 32 bits, mixed as MurmurHash3 ends (Appleby, 2011).

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

/** Upper 32 bits of NaN, whose lower ones are 0. */
export const NAN_WORD = 0x7ff80000;

/** A hash of a number by a seed, an integer of 32 bits; 0 and -0 are equal. */
export function numberHash(value: number, seed: number): number {
  bits[0] = value + 0;
  return wordsHash(words[0] as number, words[1] as number, seed);
}

/** The same hash of a number's lower and upper 32 bits. */
export function wordsHash(low: number, high: number, seed: number): number {
  return mixed(low ^ Math.imul(high ^ seed, 0xcc9e2d51));
}

/** Spreads the bits of a word over all of it. */
export function mixed(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
