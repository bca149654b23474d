import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinRequest } from '../../src/boosting/bin-request.js';
import type { ColumnPlan } from '../../src/boosting/column-plan.js';
import type { GrowthParameters } from '../../src/boosting/growth-parameters.js';
import { memoryViews } from '../../src/boosting/memory-views.js';
import type { Candidate, SearchLeaf } from '../../src/boosting/search-leaf.js';
import { searchSubset } from '../../src/boosting/subset-search.js';
import { orderedStatistics } from '../../src/boosting/target-statistics.js';

const parameters = {
  ...{ lambdaL1: 0, lambdaL2: 1, maxDeltaStep: 0, pathSmooth: 0, minDataInLeaf: 1, minSumHessianInLeaf: 0 },
  ...{ catL2: 0, catSmooth: 0, maxCatThreshold: 32, maxCatToOnehot: 1, minDataPerGroup: 1 },
} as GrowthParameters;

interface Level {
  readonly g: number;
  readonly h: number;
}

function search(levels: readonly Level[], more: Partial<GrowthParameters> = {}): { best: Candidate; left: number[] } {
  const i32 = new Int32Array(512);
  levels.forEach(({ g, h }, i) => {
    i32[i + 1] = g;
    i32[256 + i + 1] = h;
  });
  const sum = (of: 'g' | 'h'): number => levels.reduce((total, level) => total + level[of], 0);
  const place = { histogram: 0, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, output: 0, seed: 0 };
  const leaf: SearchLeaf = { ...place, sumG: sum('g'), sumH: sum('h'), nRows: sum('h'), unitG: 1, unitH: 1 };
  const best: Candidate = { gain: 0, bin: 0, missingLeft: false, leftG: 0, leftH: 0 };
  const goesLeft = new Uint8Array(256);
  const plan = { kind: 'subset', nBins: levels.length + 1 } as ColumnPlan;
  searchSubset({ i32, g: 0, h: 256 }, plan, leaf, { ...parameters, ...more }, best, goesLeft);
  return { best, left: [...levels.keys()].filter((i) => goesLeft[i + 1] === 1) };
}

function gainOf(levels: readonly Level[], isLeft: (i: number) => boolean): number {
  const gain = (side: boolean): number => {
    const part = levels.filter((_, i) => isLeft(i) === side);
    if (part.length === 0) return Number.NEGATIVE_INFINITY;
    const sum = (of: 'g' | 'h'): number => part.reduce((total, level) => total + level[of], 0);
    return sum('g') ** 2 / (sum('h') + 1);
  };
  return gain(true) + gain(false);
}

const someLevels = fc.array(fc.record({ g: fc.integer({ min: -50, max: 50 }), h: fc.integer({ min: 3, max: 40 }) }), {
  minLength: 2,
  maxLength: 7,
});

describe('searchSubset', () => {
  it('finds about the best of all subsets', () => {
    fc.assert(
      fc.property(someLevels, (levels) => {
        const { best, left } = search(levels);
        let most = Number.NEGATIVE_INFINITY;
        for (let set = 1; set < 2 ** levels.length - 1; set++) {
          most = Math.max(
            most,
            gainOf(levels, (i) => (set >> i) % 2 === 1),
          );
        }
        expect(best.gain).toBeCloseTo(
          gainOf(levels, (i) => left.includes(i)),
          8,
        );
        // The order is by g / h; the L2 of 1 makes other orders better by a little.
        expect(best.gain).toBeGreaterThanOrEqual(most * 0.8 - 1e-9);
        expect(left.reduce((sum, i) => sum + (levels[i] as Level).g, 0)).toBe(best.leftG);
      }),
    );
  });

  it('splits one of few levels from the others', () => {
    fc.assert(
      fc.property(someLevels, (levels) => {
        const { best, left } = search(levels, { maxCatToOnehot: 10 });
        expect(left.length).toBe(1);
        expect(best.gain).toBeCloseTo(Math.max(...levels.map((_, one) => gainOf(levels, (i) => i === one))), 8);
      }),
    );
  });
});

describe('orderedStatistics', () => {
  const nLevels = 5;
  const rows = fc.array(fc.record({ level: fc.integer({ min: -1, max: 4 }), y: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 1,
    maxLength: 60,
  });

  function run(of: readonly { level: number; y: number }[], seed: number) {
    const views = memoryViews(new ArrayBuffer(2048));
    const values = views.f64.subarray(0, of.length + 1);
    of.forEach(({ level, y }, i) => {
      values[i] = level < 0 ? Number.NaN : level;
      views.f64[100 + i] = y;
    });
    values[of.length] = 2;
    const size = { nRows: of.length, nAllRows: of.length + 1, nLevels, values: 0, target: 800, seed };
    return { ...orderedStatistics(views, { ...size, targetClass: undefined } as BinRequest), values };
  }

  it('gives new rows the mean of their level, drawn to the overall mean by one row', () => {
    fc.assert(
      fc.property(rows, fc.integer(), (of, seed) => {
        const { statistics, prior, values } = run(of, seed);
        expect(prior).toBeCloseTo(of.reduce((sum, { y }) => sum + y, 0) / of.length, 9);
        for (let level = 0; level < nLevels; level++) {
          const own = of.filter((row) => row.level === level);
          const mean = (own.reduce((sum, { y }) => sum + y, 0) + prior) / (own.length + 1);
          expect(statistics[level]).toBeCloseTo(mean, 9);
        }
        expect(values[of.length]).toBe(statistics[2]);
      }),
    );
  });

  it("does not let a row's statistic depend on its own target", () => {
    fc.assert(
      fc.property(rows, fc.integer(), fc.nat(), (of, seed, at) => {
        const row = at % of.length;
        const before = run(of, seed);
        // Two targets change so that the overall mean stays.
        const other = (row + 1) % of.length;
        if (other === row || of[other]?.level === of[row]?.level) return;
        const changed = of.map((each, i) => ({ ...each, y: each.y + (i === row ? 3 : i === other ? -3 : 0) }));
        expect(run(changed, seed).values[row]).toBeCloseTo(before.values[row] as number, 9);
      }),
    );
  });
});
