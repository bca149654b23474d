// Seeded random numbers: xoshiro128** (Blackman and Vigna, 2018) seeded by splitmix32, the same on every machine.

/** A deterministic stream of random numbers. */
export interface Random {
  /** A float in [0, 1) with 32 random bits. */
  next(): number;
  /** An integer in [0, bound), unbiased. */
  integer(bound: number): number;
  /** A draw from the standard normal distribution (polar Box-Muller). */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T;
  /** A stream of its own for a named purpose, so that adding draws in one place changes no other. */
  fork(label: string): Random;
}

/** Makes a stream from a seed, any 32-bit integer. */
export function createRandom(seed: number): Random {
  const base = seed | 0;
  const mix = splitmix32(base);
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix();

  function bits(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  }

  function integer(bound: number): number {
    // Values past the last whole multiple of the bound are drawn again: no remainder is favoured.
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    let draw = bits();
    while (draw >= limit) draw = bits();
    return draw % bound;
  }

  function normal(): number {
    for (;;) {
      const x = (2 * bits()) / 0x1_0000_0000 - 1;
      const y = (2 * bits()) / 0x1_0000_0000 - 1;
      const r = x * x + y * y;
      if (r > 0 && r < 1) return x * Math.sqrt((-2 * Math.log(r)) / r);
    }
  }

  return {
    next: () => bits() / 0x1_0000_0000,
    integer,
    normal,
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = values[i] as number;
        values[i] = values[j] as number;
        values[j] = held;
      }
      return values;
    },
    fork: (label) => createRandom(hash(base, label)),
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return t ^ (t >>> 15);
  };
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** FNV-1a over the label's code units, started from the seed. */
function hash(seed: number, label: string): number {
  let state = seed ^ 0x811c9dc5;
  for (let i = 0; i < label.length; i++) state = Math.imul(state ^ label.charCodeAt(i), 0x01000193);
  return state;
}
