// Each association beside its definition, written out naively, on values with ties and holes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { clusterOrder } from '../../../src/eda/associations/cluster-order.js';
import { commonRanks, rankedColumn } from '../../../src/eda/associations/column-ranks.js';
import { contingency, cramersV } from '../../../src/eda/associations/contingency.js';
import { denseRanks, kendallTau } from '../../../src/eda/associations/kendall-tau.js';
import { linearCorrelation } from '../../../src/eda/associations/linear-correlation.js';
import { phiK } from '../../../src/eda/associations/phi-k.js';

const cell = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -4, max: 4 }) }, fc.constant(Number.NaN));
const rows = fc
  .array(fc.tuple(cell, cell), { minLength: 2, maxLength: 60 })
  .map((pairs) => ({ x: Float64Array.from(pairs, ([x]) => x), y: Float64Array.from(pairs, ([, y]) => y), pairs }));

function present(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return pairs.filter(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
}

function meanRank(values: readonly number[], value: number): number {
  const below = values.filter((other) => other < value).length;
  return below + (values.filter((other) => other === value).length + 1) / 2;
}

function naivePearson(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [mx, my] = [mean(0), mean(1)];
  const sum = (f: (x: number, y: number) => number) => pairs.reduce((all, [x, y]) => all + f(x - mx, y - my), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}

function expectSame(ours: number, naive: number): void {
  if (Number.isFinite(naive)) expect(ours).toBeCloseTo(naive, 10);
  else expect(ours).toBeNaN();
}

describe('correlations of rows where both have a value', () => {
  test('Pearson’s is its definition', () => {
    fc.assert(
      fc.property(rows, ({ x, y, pairs }) => expectSame(linearCorrelation(x, y), naivePearson(present(pairs)))),
    );
  });

  test('Spearman’s is Pearson’s of mean ranks', () => {
    fc.assert(
      fc.property(rows, ({ x, y, pairs }) => {
        const both = present(pairs);
        const xs = both.map(([a]) => a);
        const ys = both.map(([, b]) => b);
        const naive = naivePearson(both.map(([a, b]) => [meanRank(xs, a), meanRank(ys, b)] as const));
        const [rankedX, rankedY] = [rankedColumn(x), rankedColumn(y)];
        expectSame(linearCorrelation(commonRanks(rankedX, rankedY), commonRanks(rankedY, rankedX), x, y), naive);
      }),
    );
  });

  test('Kendall’s tau-b counts pairs', () => {
    fc.assert(
      fc.property(rows, ({ x, y, pairs }) => {
        const both = present(pairs);
        let [score, untiedX, untiedY] = [0, 0, 0];
        for (const [i, [a, b]] of both.entries()) {
          for (const [c, d] of both.slice(i + 1)) {
            score += Math.sign(a - c) * Math.sign(b - d);
            untiedX += Number(a !== c);
            untiedY += Number(b !== d);
          }
        }
        expectSame(kendallTau(denseRanks(x), denseRanks(y)), score / Math.sqrt(untiedX * untiedY));
      }),
    );
  });
});

describe('tables of counts', () => {
  const codes = fc.array(fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 4 })), {
    minLength: 3,
    maxLength: 80,
  });

  test('chi-squared does not depend on the order of groups or on empty ones', () => {
    fc.assert(
      fc.property(codes, (pairs) => {
        const x = Int32Array.from(pairs, ([a]) => a);
        const y = Int32Array.from(pairs, ([, b]) => b);
        const table = contingency(x, y, 4, 5);
        const turned = contingency(
          x.map((code) => (code < 0 ? code : 5 - code)),
          y,
          9,
          5,
        );
        expect(turned.chiSquared).toBeCloseTo(table.chiSquared, 9);
        expect([turned.nX, turned.nY, turned.total]).toEqual([table.nX, table.nY, table.total]);
      }),
    );
  });

  test('Cramér’s V and phi_k are 1 of equal columns, near 0 of independent ones, and do not mind which is first', () => {
    const random = createRandom(8);
    const x = Int32Array.from({ length: 20_000 }, () => random.integer(6));
    const y = Int32Array.from({ length: 20_000 }, () => random.integer(4));
    const same = contingency(x, x, 6, 6);
    expect(cramersV(same)).toBeCloseTo(1, 3);
    expect(phiK(same)).toBeCloseTo(1, 3);
    expect(cramersV(contingency(x, y, 6, 4))).toBeLessThan(0.02);
    expect(phiK(contingency(x, y, 6, 4))).toBeLessThan(0.05);
    const mixed = y.map((code, row) => (row % 3 === 0 ? (x[row] as number) % 4 : code));
    expect(phiK(contingency(x, mixed, 6, 4))).toBeCloseTo(phiK(contingency(mixed, x, 4, 6)), 9);
  });

  test('phi_k of a binned normal is about its correlation', () => {
    const random = createRandom(3);
    for (const rho of [0.2, 0.5, 0.8, 0.95]) {
      const x = Float64Array.from({ length: 100_000 }, () => random.normal());
      const y = x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * random.normal());
      // The paper's own binning: equal bins over [-5, 5].
      const bin = (values: Float64Array) => Int32Array.from(values, (value) => Math.floor(value + 5));
      expect(Math.abs(phiK(contingency(bin(x), bin(y), 10, 10)) - rho)).toBeLessThan(0.1);
    }
  });

  test('columns of one group have none', () => {
    const one = contingency(
      new Int32Array(9),
      Int32Array.from({ length: 9 }, (_, i) => i % 2),
      1,
      2,
    );
    expect(cramersV(one)).toBeNaN();
    expect(phiK(one)).toBeNaN();
  });
});

test('columns that are alike stand side by side', () => {
  const group = [0, 1, 0, 2, 1, 0, 2];
  const strength = group.map((a) => group.map((b) => (a === b ? 0.9 : 0.1)));
  const order = clusterOrder(strength).map((i) => group[i]);
  expect([...order].sort()).toEqual([...group].sort());
  expect(order.filter((one, i) => i > 0 && one !== order[i - 1]).length).toBe(2);
});
