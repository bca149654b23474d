import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createObjective, type ObjectiveSpec } from '../../src/boosting/objectives/create-objective.js';
import { weightedQuantile } from '../../src/boosting/objectives/weighted-quantile.js';
import { exp } from '../../src/core/exp.js';
import { madeRows, rawScores, train } from './booster-data.js';

const spec = (name: ObjectiveSpec['name']): ObjectiveSpec => ({
  name,
  nClasses: name === 'multiclass' ? 3 : 1,
  alpha: 0.3,
  poissonMaxDeltaStep: 0.7,
});

/** The losses as textbooks have them. */
const LOSSES: Partial<Record<ObjectiveSpec['name'], (scores: readonly number[], y: number) => number>> = {
  binary: ([s = 0], y) => Math.log(1 + Math.exp(s)) - y * s,
  regression: ([s = 0], y) => (s - y) ** 2 / 2,
  regressionL1: ([s = 0], y) => Math.abs(s - y),
  huber: ([s = 0], y) => (Math.abs(s - y) <= 0.3 ? (s - y) ** 2 / 2 : 0.3 * (Math.abs(s - y) - 0.15)),
  quantile: ([s = 0], y) => (y > s ? 0.3 * (y - s) : 0.7 * (s - y)),
  poisson: ([s = 0], y) => Math.exp(s) - y * s,
  multiclass: (scores, y) => Math.log(scores.reduce((sum, s) => sum + Math.exp(s), 0)) - (scores[y] as number),
};

const names = Object.keys(LOSSES) as ObjectiveSpec['name'][];

describe('every objective', () => {
  it.each(names)('%s: its gradients are the slopes of its loss', (name) => {
    const objective = createObjective(spec(name));
    const loss = LOSSES[name] as (scores: readonly number[], y: number) => number;
    const score = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(score, fc.integer({ min: 0, max: 2 }), fc.constantFrom(1, 2.5), (all, label, weight) => {
        const y = name === 'binary' ? Math.min(label, 1) : label;
        const scores = all.slice(0, objective.nScores);
        fc.pre(Math.abs(scores[0] as number) > 0.01 && Math.abs(Math.abs((scores[0] as number) - y) - 0.3) > 0.01);
        fc.pre(Math.abs((scores[0] as number) - y) > 0.01);
        const pairs = scores.map(() => new Float64Array(2));
        const rows = { scores: scores.map((s) => Float64Array.of(s)), target: Float64Array.of(y) };
        objective.gradients({ ...rows, weights: Float64Array.of(weight) }, pairs, 0, 1);
        scores.forEach((s, k) => {
          const at = (value: number): number => loss(scores.with(k, value), y);
          const slope = ((at(s + 1e-5) - at(s - 1e-5)) / 2e-5) * weight;
          expect(pairs[k]?.[0]).toBeCloseTo(slope, 4);
          expect(pairs[k]?.[1]).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it.each(names)('%s: no constant fits better than its base score', (name) => {
    const rows = madeRows(name, 300);
    const objective = createObjective(spec(name));
    const loss = LOSSES[name] as (scores: readonly number[], y: number) => number;
    // Huber starts from the mean, as LightGBM does.
    if (name === 'huber') return;
    const base = [...objective.baseScore(rows.target, undefined)];
    const total = (scores: readonly number[]): number => rows.target.reduce((sum, y) => sum + loss(scores, y), 0);
    for (const step of [-0.1, 0.1]) {
      expect(total(base.with(0, (base[0] as number) + step))).toBeGreaterThan(total(base));
    }
  });

  it.each(names)('%s: training lowers the loss', async (name) => {
    const rows = madeRows(name, 600);
    const loss = LOSSES[name] as (scores: readonly number[], y: number) => number;
    const parameters = { objectiveAlpha: 0.3, numIterations: 40 };
    const { ensemble } = await train(rows, { objective: name, parameters });
    const scores = rawScores(ensemble, rows.features);
    const k = ensemble.nOutputs;
    const total = (of: (row: number) => ArrayLike<number>): number =>
      rows.target.reduce((sum, y, row) => sum + loss(Array.from(of(row)), y), 0);
    expect(total((row) => scores.subarray(row * k, row * k + k))).toBeLessThan(0.7 * total(() => ensemble.baseScore));
  });
});

describe('exp', () => {
  it('agrees with the host', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
      }),
    );
    expect([exp(0), exp(-1000), exp(1000)]).toEqual([1, 0, Number.POSITIVE_INFINITY]);
  });
});

describe('weightedQuantile', () => {
  it('with whole weights is a value with enough weight on both sides', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (pairs, alpha) => {
        const weights = Float64Array.from(pairs, ([, weight]) => weight);
        const found = weightedQuantile(
          Float64Array.from(pairs, ([value]) => value),
          weights,
          alpha,
        );
        const weightOf = (holds: (value: number) => boolean): number =>
          pairs.reduce((sum, [value, weight]) => sum + (holds(value) ? weight : 0), 0);
        const total = weightOf(() => true);
        expect(weightOf((value) => value <= found)).toBeGreaterThanOrEqual(alpha * total - 1e-9);
        expect(weightOf((value) => value < found)).toBeLessThan(alpha * total + 1e-9);
      }),
    );
  });
});
