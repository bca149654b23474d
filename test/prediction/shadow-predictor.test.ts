import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../src/core/logger.js';
import { silentLogger } from '../../src/core/logger.js';
import type { Predictor } from '../../src/core/predictor.js';
import { shadowPredictor } from '../../src/prediction/shadow-predictor.js';
import { makeTable } from '../../src/table/make-table.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { penguin } from '../adapters/models.js';
import { countingMetrics } from './counting-metrics.js';

const scoreOf = (add: number) => stubPredictor({ score: ({ x }) => Math.min(1, Number(x) + add) });
const table = (nRows: number) => makeTable([['x', Float64Array.from({ length: nRows }, (_, i) => i / nRows)]]);
const failing = (): Predictor => ({
  ...scoreOf(0),
  predictOne() {
    throw new Error('shadow');
  },
  predictTable() {
    throw new Error('shadow');
  },
});

describe('shadowPredictor', () => {
  it("answers what the primary answers, in every way, and compares the shadow's answers afterwards", async () => {
    const primary = scoreOf(0);
    const shadow = scoreOf(0.25);
    const spied = vi.spyOn(shadow, 'predictOne');
    const metrics = countingMetrics();
    const both = shadowPredictor({ primary, shadow, metrics });
    const rows = [{ x: 0.125 }, { x: 0.375 }, { x: 0.5 }];
    expect(both.predictOne({ x: 0.25 })).toEqual(primary.predictOne({ x: 0.25 }));
    expect(both.predictBatch(rows)).toEqual(primary.predictBatch(rows));
    expect(both.predictTable(table(256))).toEqual(primary.predictTable(table(256)));
    expect(both.explain({ x: 0.25 })).toEqual(primary.explain({ x: 0.25 }));
    expect(both.spec).toBe(primary.spec);
    expect(both.current).toBe(primary.current);
    expect(spied).not.toHaveBeenCalled();
    await both.flush();
    // Of the table, the 64 scores in [0.25, 0.5) change their label; of the rows, 0.25 twice and 0.375.
    expect(both.comparison).toMatchObject({ versions: [1, 1], nCompared: 261, nLabelsDiffer: 67, maxDifference: 0.25 });
    expect(both.comparison).toMatchObject({ nFailed: 0, nDropped: 0 });
    expect(metrics.values).toEqual({ 'shadow_rows_total stub same': 194, 'shadow_rows_total stub other': 67 });
    expect(metrics.observed['shadow_score_difference stub']?.length).toBe(261);
    const sum = metrics.observed['shadow_score_difference stub']?.reduce((total, each) => total + each, 0) ?? 0;
    expect(both.comparison.meanDifference).toBeCloseTo(sum / 261, 12);
  });

  it('compares several classes by the probability that differs most', async () => {
    const shadow = stubPredictor({ spec: penguin().spec, score: () => 0.8 });
    const both = shadowPredictor({ primary: penguin(), shadow });
    both.predictOne({ mass: 1 });
    await both.flush();
    expect(both.comparison.maxDifference).toBeCloseTo(0.3, 12);
  });

  it('throws what the primary throws, and compares nothing of it', async () => {
    const both = shadowPredictor({ primary: scoreOf(0), shadow: scoreOf(0) });
    expect(() => both.predictOne({ x: 'text' })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    expect(() => both.predictBatch([{ x: 1 }, { x: 'text' }])).toThrow();
    await both.flush();
    expect(both.comparison.nCompared).toBe(0);
  });

  it('counts what the shadow throws, and says it once a version', async () => {
    const warn = vi.fn();
    const metrics = countingMetrics();
    const logger: Logger = { ...silentLogger, warn };
    const both = shadowPredictor({ primary: scoreOf(0), shadow: failing(), name: 'p', metrics, logger });
    for (let i = 0; i < 3; i++) both.predictOne({ x: 0.5 });
    expect(both.predictTable(table(100)).length).toBe(100);
    await both.flush();
    expect(both.comparison).toMatchObject({ nCompared: 0, nFailed: 103, meanDifference: 0 });
    expect(metrics.values).toEqual({ 'shadow_rows_total p failed': 103 });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('drops calls that find too many rows waiting', async () => {
    const both = shadowPredictor({ primary: scoreOf(0), shadow: scoreOf(0), maxQueuedRows: 10 });
    const rows = (nRows: number) => Array.from({ length: nRows }, () => ({ x: 0 }));
    for (const nRows of [8, 3, 2, 1, 11]) expect(both.predictBatch(rows(nRows)).length).toBe(nRows);
    await both.flush();
    expect(both.comparison).toMatchObject({ nCompared: 10, nDropped: 15 });
    both.predictBatch(rows(10));
    await both.flush();
    expect(both.comparison).toMatchObject({ nCompared: 20, nDropped: 15 });
  });

  it('lets other work have its turn, however many rows wait and however slow the shadow is', async () => {
    const slow = stubPredictor({
      score: () => {
        const end = performance.now() + 0.5;
        while (performance.now() < end);
        return 0.5;
      },
    });
    const both = shadowPredictor({ primary: scoreOf(0), shadow: slow });
    both.predictBatch(Array.from({ length: 60 }, () => ({ x: 0 })));
    let turns = 0;
    const count = (): void => {
      turns += 1;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    await both.flush();
    clearImmediate(timer);
    // Two or three rows fit a slice.
    expect(turns).toBeGreaterThan(15);
  });

  it('counts another pair of versions from zero', async () => {
    const both = shadowPredictor({ primary: scoreOf(0), shadow: scoreOf(0.25) });
    both.predictOne({ x: 0.5 });
    await both.flush();
    await both.reload();
    both.predictOne({ x: 0.25 });
    await both.flush();
    expect(both.comparison).toMatchObject({ versions: [2, 2], nCompared: 1, nLabelsDiffer: 1 });
    await both.reload('stub/3');
    both.predictOne({ x: 0.5 });
    await both.flush();
    expect(both.comparison).toMatchObject({ versions: [3, 2], nCompared: 1, nLabelsDiffer: 0 });
  });

  it.each([{ maxQueuedRows: 0 }, { queued: 1 }])('refuses %j', (options) => {
    expect(() => shadowPredictor({ primary: scoreOf(0), shadow: scoreOf(0), ...options })).toThrow(/shadowPredictor/);
  });
});
