import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NumericColumn } from '../../src/boosting/column-plan.js';
import { chooseQuantization } from '../../src/boosting/engine.js';
import { accumulateLeaf, type HistogramEngine, mergeColumns } from '../../src/boosting/leaf-histograms.js';
import { memoryLayout } from '../../src/boosting/memory-layout.js';
import { memoryViews } from '../../src/boosting/memory-views.js';
import { plainKernels } from '../../src/boosting/plain-kernels.js';
import { createRandom } from '../../src/core/random.js';

const N_ROWS = 3000;
const HEAVY_BIN = 7;

function planOf(secondCount: number, secondInSegment: number): NumericColumn {
  const rows = { heavyBin: HEAVY_BIN, heavyCount: N_ROWS, secondCount, secondInSegment };
  return { kind: 'numeric', feature: 0, bounds: new Float64Array(254), nBins: 255, hasMissing: false, ...rows };
}

/** An engine over one column in which most rows share a bin, with the rows' rounded gradients. */
function madeEngine(seed: number, quantization: HistogramEngine['quantization'], nThreads: number) {
  const sizes = { nRows: N_ROWS, nAllRows: N_ROWS, nColumns: 1, nScores: 1, maxLeaves: 2, sampleRows: 0 };
  const layout = memoryLayout({ ...sizes, nThreads, isByLevel: false });
  const buffer = new ArrayBuffer(layout.totalBytes);
  const views = memoryViews(buffer);
  const random = createRandom(seed);
  const rows = Array.from({ length: N_ROWS }, (_, row) => {
    const bin = random.next() < 0.7 ? HEAVY_BIN : random.integer(255);
    const g = random.integer(2 * quantization.levelsG + 1) - quantization.levelsG;
    const h = random.integer(quantization.levelsH + 1);
    const record = layout.records + row * layout.stride;
    views.u8[record] = bin;
    views.i32[record / 4 + layout.groups] = (g << 16) + h;
    return { row, bin, g, h };
  });
  const engine = { layout, views, kernels: plainKernels(buffer), plans: [planOf(0, 0)], quantization };
  return { engine, rows, random };
}

const cases = [
  { name: 'bins small enough over all rows', levelsG: 500, segmentRows: Number.POSITIVE_INFINITY },
  { name: 'bins small enough in a segment', levelsG: 3000, segmentRows: 256 },
  { name: 'no safe segment', levelsG: 31, segmentRows: 0 },
];

it.each(cases)('sums of a leaf are exact, the heaviest bin overflowing or not: $name', ({ levelsG, segmentRows }) => {
  const quantization = { levelsG, levelsH: 2 * levelsG, safeRows: Math.floor(32767 / levelsG), segmentRows };
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(1, 2), (seed, share, n) => {
      const { engine, rows, random } = madeEngine(seed, quantization, n);
      const { layout, views } = engine;
      const listed = rows.filter(() => random.next() < share);
      listed.forEach(({ row }, i) => {
        views.u32[layout.rows / 4 + i] = row;
      });
      const half = n === 1 ? listed.length : listed.length >> 1;
      accumulateLeaf(engine, 0, 0, half, 0, 0);
      if (n === 2) accumulateLeaf(engine, 1, half, listed.length - half, 0, 0);
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      const sums = { sumG: sum(listed.map(({ g }) => g)), sumH: sum(listed.map(({ h }) => h)) };
      for (let thread = 0; thread < n; thread++) {
        mergeColumns(engine, thread, { part: 0, slot: 0, sibling: -1, ...sums });
      }
      const plane = (byte: number): Int32Array => views.i32.subarray(byte / 4, byte / 4 + 256);
      const expected = (which: 'g' | 'h'): Int32Array => {
        const bins = new Int32Array(256);
        for (const entry of listed) bins[entry.bin] = (bins[entry.bin] as number) + entry[which];
        return bins;
      };
      expect(plane(layout.histograms)).toEqual(expected('g'));
      expect(plane(layout.histograms + layout.nSlots * 1024)).toEqual(expected('h'));
    }),
    { numRuns: 30 },
  );
});

it('rounds as finely as no bin can overflow', () => {
  const { POSITIVE_INFINITY } = Number;
  expect(chooseQuantization([planOf(100, 100)], 10_000)).toMatchObject({
    levelsG: 327,
    segmentRows: POSITIVE_INFINITY,
  });
  expect(chooseQuantization([planOf(4000, 600)], 1_000_000)).toMatchObject({ levelsG: 54, segmentRows: 131_072 });
  expect(chooseQuantization([planOf(90_000, 60_000)], 1_000_000)).toMatchObject({ levelsG: 31, segmentRows: 0 });
  expect(chooseQuantization([planOf(3, 3)], 2_000_000).levelsH * 2_000_000).toBeLessThan(2 ** 31);
});
