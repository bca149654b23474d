import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelModule } from '../../src/boosting/kernel-module.js';
import type { Kernels } from '../../src/boosting/kernels.js';
import { type MemoryViews, memoryViews } from '../../src/boosting/memory-views.js';
import { plainKernels } from '../../src/boosting/plain-kernels.js';
import { wasmKernels } from '../../src/boosting/wasm-kernels.js';
import { createRandom, type Random } from '../../src/core/random.js';

const PAGES = 8;
const BYTES = PAGES * 65536;

/** Runs one kernel in WebAssembly and in TypeScript over the same bytes; returns both memories. */
function bothMemories(
  seed: number,
  fill: (views: MemoryViews, random: Random) => void,
  run: (kernels: Kernels) => unknown,
): [Uint8Array, Uint8Array] {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  const plain = new ArrayBuffer(BYTES);
  for (const buffer of [memory.buffer, plain]) fill(memoryViews(buffer), createRandom(seed));
  const results = [run(wasmKernels(kernelModule(), memory)), run(plainKernels(plain))];
  expect(results[0]).toBe(results[1]);
  return [new Uint8Array(memory.buffer).slice(), new Uint8Array(plain)];
}

function expectSame([a, b]: [Uint8Array, Uint8Array]): void {
  expect(Buffer.compare(a, b)).toBe(0);
}

function numbers(views: MemoryViews, byte: number, n: number, make: () => number): void {
  for (let i = 0; i < n; i++) views.f64[byte / 8 + i] = make();
}

function bytes(views: MemoryViews, byte: number, n: number, make: () => number): void {
  for (let i = 0; i < n; i++) views.u8[byte + i] = make();
}

const A = 1024;
const B = 65536;
const C = 131072;
const D = 196608;
const size = fc.integer({ min: 0, max: 300 });
const seeds = fc.integer();

describe('kernels: WebAssembly and TypeScript give the same bits', () => {
  it('binColumn, with missing and infinite values', () => {
    fc.assert(
      fc.property(seeds, size, fc.integer({ min: 0, max: 254 }), (seed, n, nBounds) => {
        const fill = (views: MemoryViews, random: Random): void => {
          const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0];
          numbers(views, A, n, () => (random.next() < 0.1 ? (odd[random.integer(5)] as number) : random.normal()));
          const bounds = Float64Array.from({ length: nBounds }, () => random.normal()).sort();
          numbers(views, B, 256, () => Number.POSITIVE_INFINITY);
          views.f64.set(bounds, B / 8);
        };
        const both = bothMemories(seed, fill, (kernels) => kernels.binColumn(A, n, B, C));
        for (const memory of both) memory.fill(0, B, B + 2048);
        expectSame(both);
      }),
    );
  });

  it('binFloats, with values beside the bounds, and bounds beyond single precision', () => {
    fc.assert(
      fc.property(seeds, size, fc.array(fc.double({ noNaN: true }), { maxLength: 254 }), (seed, n, extremes) => {
        const fill = (views: MemoryViews, random: Random): void => {
          const bounds = Float64Array.from(extremes, (x, i) => (i % 2 === 0 ? x : random.normal())).sort();
          numbers(views, B, 256, () => Number.POSITIVE_INFINITY);
          views.f64.set(bounds, B / 8);
          const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0];
          for (let i = 0; i < n; i++) {
            const x = bounds[random.integer(bounds.length + 1)] ?? random.normal();
            views.f32[A / 4 + i] = random.next() < 0.1 ? (odd[random.integer(5)] as number) : x;
          }
        };
        const both = bothMemories(seed, fill, (kernels) => kernels.binFloats(A, n, B, C));
        for (const memory of both) memory.fill(0, B, B + 2048);
        expectSame(both);
      }),
    );
  });

  it('sortNumbers, with ties, zeros of both signs and extremes', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 300 }), (values) => {
        const spare = [B, C] as const;
        const both = bothMemories(
          0,
          (views) => views.f64.set(values, A / 8),
          (kernels) => kernels.sortNumbers(A, values.length, ...spare),
        );
        const sorted = both.map((memory) => memory.slice(A, A + values.length * 8)) as [Uint8Array, Uint8Array];
        expectSame(sorted);
      }),
    );
  });

  it('interleave, with columns left out', () => {
    fc.assert(
      fc.property(seeds, size, fc.integer({ min: 1, max: 4 }), (seed, n, nColumns) => {
        const columns = [B, B + 512, B + 1024, B + 1536].map((column, i) => (i < nColumns ? column : 0));
        const [a = 0, b = 0, c = 0, d = 0] = columns;
        const fill = (views: MemoryViews, random: Random): void => bytes(views, B, 2048, () => random.integer(256));
        expectSame(bothMemories(seed, fill, (kernels) => kernels.interleave(a, b, c, d, n >> 2, n, C, 20)));
      }),
    );
  });

  it.each(['binaryGradients', 'squaredGradients'] as const)('%s and extent, weighted or not', (name) => {
    fc.assert(
      fc.property(seeds, size, fc.boolean(), (seed, n, isWeighted) => {
        const fill = (views: MemoryViews, random: Random): void => {
          numbers(views, A, n + 2, () => random.normal() * 10 ** random.integer(4));
          numbers(views, B, n + 2, () => random.integer(2));
          numbers(views, C, n + 2, () => random.next() * 3);
        };
        const from = (n >> 2) * 2;
        const run = (kernels: Kernels): void => {
          kernels[name](A, B, isWeighted ? C : 0, D, from, Math.max(from, n), D + 16384);
          kernels.extent(D, from, Math.max(from, n), D + 32768);
        };
        expectSame(bothMemories(seed, fill, run));
      }),
    );
  });

  it('quantize, into several blocks', () => {
    fc.assert(
      fc.property(seeds, size, fc.integer(), (seed, n, treeSeed) => {
        const fill = (views: MemoryViews, random: Random): void => {
          numbers(views, A, n, () => random.next() * 2 - 1);
          for (let i = 0; i < n; i += 2) views.f64[A / 8 + i + 1] = random.next();
        };
        const rows = n >> 1;
        const run = (kernels: Kernels): void =>
          kernels.quantize(A, rows >> 1, rows, 127, 255, treeSeed, C + 28, 32, 2, 16384, B);
        expectSame(bothMemories(seed, fill, run));
      }),
    );
  });

  it('histograms of all rows and of some, spilled and added up', () => {
    fc.assert(
      fc.property(seeds, size, fc.integer({ min: 1, max: 7 }), (seed, n, groups) => {
        const stride = groups * 4 + 4;
        const fill = (views: MemoryViews, random: Random): void => {
          bytes(views, A, n * stride, () => random.integer(256));
          for (let i = 0; i < n; i++) {
            views.i32[(A + i * stride) / 4 + groups] = ((random.integer(63) - 31) << 16) + random.integer(63);
            views.u32[B / 4 + i] = random.integer(Math.max(n, 1));
          }
        };
        const run = (kernels: Kernels): void => {
          kernels.histogramDense(A, groups, n >> 2, n, C);
          kernels.spill(C, groups * 1024, D, D + 65536, 0);
          kernels.histogramRows(A, groups, B, n, C);
          kernels.spill(C, groups * 1024, D, D + 65536, 1);
          kernels.mergeHistogram(D, 2, 65536, groups * 1024, D + 131072);
          kernels.subtractHistogram(D, D + 131072, groups * 1024);
          kernels.combineHistogram(D, n % 256, 12345);
        };
        const both = bothMemories(seed, fill, run);
        const gathered = C + groups * 4096;
        for (const memory of both) memory.fill(0, gathered, gathered + 2048);
        expectSame(both);
      }),
    );
  });

  const leaf = fc.record({
    seed: seeds,
    nBins: fc.integer({ min: 1, max: 255 }),
    hasL1: fc.boolean(),
    hasMissing: fc.boolean(),
  });

  /** Random planes of three columns; returns the sums of the first. */
  function fillPlanes(
    { i32 }: MemoryViews,
    random: Random,
    at: number,
    nBins: number,
    hasMissing: boolean,
  ): [number, number] {
    const sums: [number, number] = [0, 0];
    for (let column = 0; column < 3; column++) {
      for (let bin = hasMissing ? 0 : 1; bin < nBins; bin++) {
        if (random.next() < 0.3) continue;
        i32[at / 4 + column * 256 + bin] = random.integer(2000) - 1000;
        i32[at / 4 + 1024 + column * 256 + bin] = random.integer(500);
        if (column > 0) continue;
        sums[0] += i32[at / 4 + bin] as number;
        sums[1] += i32[at / 4 + 1024 + bin] as number;
      }
      i32.set([column === 1 ? 0 : nBins, Number(hasMissing)], C / 4 + column * 2);
    }
    return sums;
  }

  it('searchBins, with L1, missing values, empty bins, columns left out and a child too small', () => {
    fc.assert(
      fc.property(leaf, ({ seed, nBins, hasL1, hasMissing }) => {
        let sums: [number, number] = [0, 0];
        const fill = (views: MemoryViews, random: Random): void => {
          sums = fillPlanes(views, random, A, nBins, hasMissing);
          bytes(views, C + 64, 3, () => 1);
        };
        const l1 = hasL1 ? 50 : 0;
        const run = (kernels: Kernels): void =>
          kernels.searchBins(A, A + 4096, C, C + 64, 0, 3, ...sums, 40, l1, 100, 0.25, D);
        expectSame(bothMemories(seed, fill, run));
      }),
    );
  });

  it('searchLevel, with L1, missing values, empty leaves and weightless sides', () => {
    fc.assert(
      fc.property(leaf, fc.integer({ min: 1, max: 5 }), ({ seed, nBins, hasL1, hasMissing }, nLeaves) => {
        const fill = (views: MemoryViews, random: Random): void => {
          for (let i = 0; i < nLeaves; i++) {
            const at = A + i * 8192;
            const sums = i === 1 ? [0, 0] : fillPlanes(views, random, at, nBins, hasMissing);
            views.f64.set([at, ...sums], B / 8 + i * 3);
          }
          bytes(views, C + 64, 3, () => 1);
        };
        const run = (kernels: Kernels): void => {
          kernels.searchLevel(B, nLeaves, 4096, C, C + 64, 0, 3, hasL1 ? 50 : 0, hasL1 ? 9 : 0, 0.25, D, D + 4096);
        };
        const both = bothMemories(seed, fill, run);
        for (const memory of both) memory.fill(0, D, D + 2048);
        expectSame(both);
      }),
    );
  });

  it('partition, and sums and scores by leaf', () => {
    fc.assert(
      fc.property(seeds, size, (seed, n) => {
        const fill = (views: MemoryViews, random: Random): void => {
          bytes(views, A, n, () => random.integer(256));
          bytes(views, A + 1024, 256, () => random.integer(2));
          numbers(views, C, n * 2, () => random.normal());
          numbers(views, C + 8192, n, () => random.normal());
        };
        const both = bothMemories(seed, fill, (kernels) => {
          kernels.listRows(B, 0, n);
          const nLeft = kernels.partition(B, n, A, A + 1024, B + 4096);
          kernels.markRows(B, nLeft, 2, D);
          kernels.markRows(B + nLeft * 4, n - nLeft, 1, D);
          kernels.sumByLeaf(C, D, n >> 2, n, 1024, 512, D + 4096);
          kernels.addByLeaf(C + 8192, D, n >> 2, n, C);
          return nLeft;
        });
        // Behind the rows the two leave different rubbish.
        for (const memory of both) memory.fill(0, B + n * 4, B + 8192);
        expectSame(both);
      }),
    );
  });
});
