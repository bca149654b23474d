import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import type { Predictor } from '../../src/core/predictor.js';
import { canaryPredictor } from '../../src/prediction/canary-predictor.js';
import { keyPlace } from '../../src/prediction/key-place.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { countingMetrics } from './counting-metrics.js';

const stable = () => stubPredictor({ score: ({ x }) => Number(x) });
const canary = () => stubPredictor({ name: 'other', score: ({ x }) => 1 - Number(x) });
const customers = Array.from({ length: 400 }, (_, i) => ({ customer: `c${i % 100}`, x: (i % 16) / 16 }));
const table = makeTable([
  [
    'customer',
    new DictionaryColumn(
      Int32Array.from(customers, (_, i) => i % 100),
      customers.slice(0, 100).map(({ customer }) => customer),
    ),
  ],
  ['x', Float64Array.from(customers, ({ x }) => x)],
]);
const failing = (): Predictor => {
  const fail = () => {
    throw new Error('canary');
  };
  return { ...canary(), predictOne: fail, predictBatch: fail, predictTable: fail, explain: fail };
};

describe('canaryPredictor', () => {
  it('answers a key by the same model every time and in every way, each row as that model does', () => {
    const both = canaryPredictor({ stable: stable(), canary: canary(), share: 0.3, key: 'customer' });
    const batch = both.predictBatch(customers);
    const chosen = new Set(customers.filter((_, i) => batch[i]?.model === 'other').map(({ customer }) => customer));
    const naive = customers.map((row) => (chosen.has(row.customer) ? canary() : stable()).predictOne(row));
    expect(batch).toEqual(naive);
    expect(customers.map((row) => both.predictOne(row))).toEqual(naive);
    expect(both.predictTable(table)).toEqual(naive);
    expect(customers.map((row) => both.explain(row).model)).toEqual(naive.map(({ model }) => model));
    expect(chosen.size).toBeGreaterThan(15);
    expect(chosen.size).toBeLessThan(45);
  });

  it('takes a key from a function, which no row without one and no row that is none reaches', () => {
    const key = ({ customer }: Record<string, unknown>) => customer as string;
    const both = canaryPredictor({ stable: stable(), canary: canary(), share: 0.3, key });
    const byColumn = canaryPredictor({ stable: stable(), canary: canary(), share: 0.3, key: 'customer' });
    expect(both.predictBatch(customers)).toEqual(byColumn.predictBatch(customers));
    expect(both.predictTable(table)).toEqual(byColumn.predictTable(table));
    const all = canaryPredictor({ stable: stable(), canary: canary(), share: 1, key });
    expect(all.predictOne({ x: 0.5 }).model).toBe('stub');
    expect(() => all.predictOne(null as never)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('gives rows and tables without the column to the stable model', () => {
    const both = canaryPredictor({ stable: stable(), canary: canary(), share: 1, key: 'nobody' });
    expect(both.predictTable(table).every(({ model }) => model === 'stub')).toBe(true);
    expect(both.predictOne({ nobody: null, x: 1 }).model).toBe('stub');
    expect(both.predictOne({ nobody: 7, x: 1 }).model).toBe('other');
  });

  it('keeps the keys of a smaller share, and none at 0', () => {
    const both = canaryPredictor({ stable: stable(), canary: canary(), share: 0, key: 'customer' });
    const chosen = () =>
      new Set(customers.filter((row) => both.predictOne(row).model === 'other').map((row) => row.customer));
    let before = chosen();
    expect(before.size).toBe(0);
    for (const share of [0.1, 0.5, 1]) {
      both.setShare(share);
      expect(both.share).toBe(share);
      const now = chosen();
      expect([...before].every((customer) => now.has(customer))).toBe(true);
      expect(now.size).toBeGreaterThan(before.size);
      before = now;
    }
    expect(before.size).toBe(100);
    expect(() => both.setShare(1.5)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(both.share).toBe(1);
  });

  it('gives other keys to canaries of another salt', () => {
    const chosen = (salt: string) => {
      const both = canaryPredictor({ stable: stable(), canary: canary(), share: 0.5, salt, key: 'customer' });
      return customers.slice(0, 100).map((row) => both.predictOne(row).model);
    };
    expect(chosen('a')).toEqual(chosen('a'));
    expect(chosen('a')).not.toEqual(chosen('b'));
  });

  it('lets the stable model answer the whole call where the canary throws', () => {
    const warn = vi.fn();
    const metrics = countingMetrics();
    const logger = { ...silentLogger, warn };
    const both = canaryPredictor({ stable: stable(), canary: failing(), share: 0.5, key: 'customer', metrics, logger });
    expect(both.predictBatch(customers)).toEqual(stable().predictBatch(customers));
    expect(both.predictTable(table)).toEqual(stable().predictTable(table));
    expect(customers.map((row) => both.predictOne(row))).toEqual(stable().predictBatch(customers));
    expect(both.explain(customers[0] as never).model).toBe('stub');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(metrics.values['canary_rows_total stub canary']).toBeUndefined();
    expect(metrics.values['canary_rows_total stub fallback']).toBeGreaterThan(900);
  });

  it('names rows that nobody can score by their position in the whole call', () => {
    const both = canaryPredictor({ stable: stable(), canary: canary(), share: 0.5, key: 'customer' });
    const rows = customers.slice(0, 10).map((row, i) => (i % 3 === 0 ? { ...row, x: 'text' } : row));
    let error: unknown;
    try {
      both.predictBatch(rows);
    } catch (thrown) {
      error = thrown;
    }
    expect((error as { problems: { rows: number[] }[] }).problems.map(({ rows: [row] }) => row)).toEqual([0, 3, 6, 9]);
  });

  it('counts rows by who answered', () => {
    const metrics = countingMetrics();
    const both = canaryPredictor({
      stable: stable(),
      canary: canary(),
      share: 0.4,
      key: 'customer',
      name: 'p',
      metrics,
    });
    const nCanary = both.predictBatch(customers).filter(({ model }) => model === 'other').length;
    for (const row of customers) both.predictOne(row);
    expect(metrics.values).toEqual({
      'canary_share p': 0.4,
      'canary_rows_total p canary': 2 * nCanary,
      'canary_rows_total p stable': 2 * (400 - nCanary),
    });
  });

  it('reloads both, or the stable one by reference', async () => {
    const both = canaryPredictor({ stable: stable(), canary: canary(), share: 0.5, key: 'customer' });
    await both.reload();
    await both.reload('stub@champion');
    expect([both.parts.stable?.current.version, both.parts.canary?.current.version]).toEqual([3, 2]);
    expect(both.current.version).toBe(3);
  });
});

describe('the place of a key', () => {
  it('is spread evenly, also over keys that differ in their last digit', () => {
    const counts = new Array<number>(20).fill(0);
    const nKeys = 20_000;
    for (let i = 0; i < nKeys; i++) {
      const bucket = Math.floor(keyPlace(`customer-${i}`) * 20);
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    const expected = nKeys / 20;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // The 99.9th percentile of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(43.8);
  });

  it('is in [0, 1) for every key', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (key) => keyPlace(key) >= 0 && keyPlace(key) < 1));
  });
});
