import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';

const WORD = 1n << 32n;
const rotate = (x: bigint, by: bigint) => ((x << by) | (x >> (32n - by))) % WORD;

/** xoshiro128** on big integers, as its authors print it. */
function* xoshiro([a, b, c, d]: readonly [bigint, bigint, bigint, bigint]): Generator<number> {
  const s = { a, b, c, d };
  for (;;) {
    yield Number((rotate((s.b * 5n) % WORD, 7n) * 9n) % WORD);
    const shifted = (s.b << 9n) % WORD;
    s.c ^= s.a;
    s.d ^= s.b;
    s.b ^= s.c;
    s.a ^= s.d;
    s.c ^= shifted;
    s.d = rotate(s.d, 11n);
  }
}

function* splitmix(seed: number): Generator<bigint> {
  for (let state = BigInt(seed >>> 0); ; ) {
    state = (state + 0x9e3779b9n) % WORD;
    let mixed = state;
    mixed = ((mixed ^ (mixed >> 16n)) * 0x21f0aaadn) % WORD;
    mixed = ((mixed ^ (mixed >> 15n)) * 0x735a2d97n) % WORD;
    yield mixed ^ (mixed >> 15n);
  }
}

function twinOf(seed: number): Generator<number> {
  const words = splitmix(seed);
  const word = (): bigint => words.next().value;
  return xoshiro([word(), word(), word(), word()]);
}

const take = (generator: Generator<number>, n: number) => Array.from({ length: n }, () => generator.next().value);
const draws = (seed: number, n = 20) => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.next());
};
const seeds = fc.integer();

test('the twin gives the published numbers of xoshiro128** from the state 1, 2, 3, 4', () => {
  expect(take(xoshiro([1n, 2n, 3n, 4n]), 10)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test('draws the numbers of xoshiro128** seeded by splitmix32', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(draws(seed).map((x) => x * 2 ** 32)).toEqual(take(twinOf(seed), 20));
    }),
  );
});

test('stays in [0, 1) and in [0, bound)', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
      const random = createRandom(seed);
      for (let i = 0; i < 20; i++) {
        const [real, whole] = [random.next(), random.integer(bound)];
        expect(real >= 0 && real < 1 && Number.isInteger(whole) && whole >= 0 && whole < bound).toBe(true);
      }
    }),
  );
});

test('draws the remainders of the words below the last whole multiple of the bound', () => {
  const bound = 3 * 2 ** 30;
  const accepted = take(twinOf(7), 400).filter((word) => word < bound);
  const random = createRandom(7);
  expect(accepted.map(() => random.integer(bound))).toEqual(accepted);
});

test('spreads integers evenly: chi-square over 10 values below its 0.999 quantile', () => {
  const random = createRandom(1);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const value = random.integer(10);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.88);
});

test('draws normal numbers: four moments within five standard errors', () => {
  const n = 200_000;
  const random = createRandom(2);
  const values = Float64Array.from({ length: n }, () => random.normal());
  const moment = (k: number) => values.reduce((sum, x) => sum + x ** k, 0) / n;
  const standardErrors = [1, 2, 15, 96].map((variance) => Math.sqrt(variance / n));
  for (const [i, expected] of [0, 1, 0, 3].entries()) {
    expect(Math.abs(moment(i + 1) - expected)).toBeLessThan(5 * (standardErrors[i] ?? 0));
  }
});

test('shuffles in place, keeps every value and returns the same array', () => {
  fc.assert(
    fc.property(seeds, fc.array(fc.integer()), (seed, values) => {
      const shuffled = Int32Array.from(values);
      expect(createRandom(seed).shuffle(shuffled)).toBe(shuffled);
      expect(shuffled.toSorted()).toEqual(Int32Array.from(values).toSorted());
    }),
  );
});

test('gives each of the 24 orders of four values its share', () => {
  const random = createRandom(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = random.shuffle([0, 1, 2, 3]).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(49.73);
});

test('a fork depends on seed and label alone, not on the draws before it', () => {
  fc.assert(
    fc.property(seeds, fc.string(), fc.nat(10), (seed, label, nDraws) => {
      const random = createRandom(seed);
      const early = random.fork(label);
      for (let i = 0; i < nDraws; i++) random.next();
      const late = random.fork(label);
      expect(late.next()).toBe(early.next());
    }),
  );
});

test('forks with different labels, and seeds, give different streams', () => {
  const labels = ['', 'a', 'b', 'ab', 'ba', 'folds', 'bagging'];
  const first = labels.map((label) => createRandom(4).fork(label).next());
  expect(
    new Set([...first, createRandom(4).next(), createRandom(5).next(), createRandom(5).fork('a').next()]).size,
  ).toBe(labels.length + 3);
});
