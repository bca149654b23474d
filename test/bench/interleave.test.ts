// Alternatives take turns, warm-up turns do not count, and medians are per metric.
import { expect, test } from 'vitest';
import { loadHarness } from './load-harness.js';

type Sample = Record<string, number>;
type Alternative = () => Promise<Sample>;
interface Interleave {
  interleave(
    alternatives: Record<string, Alternative>,
    options?: { rounds?: number; warmup?: number },
  ): Promise<Record<string, { samples: Sample[]; medians: Sample }>>;
  timed(work: () => unknown, before?: () => unknown): Alternative;
}
interface Median {
  median(values: number[]): number;
  quantile(values: number[], share: number): number;
}

const { interleave, timed } = await loadHarness<Interleave>('interleave.mjs');
const { median, quantile } = await loadHarness<Median>('median.mjs');

test('alternatives run in turns, with the warm-up turns first', async () => {
  const order: string[] = [];
  const noted = (name: string): Alternative => {
    return async () => ({ time: order.push(name) });
  };
  const { a, b } = await interleave({ a: noted('a'), b: noted('b') }, { rounds: 2, warmup: 1 });
  expect(order.join('')).toBe('ababab');
  expect(a?.samples).toEqual([{ time: 3 }, { time: 5 }]);
  expect(b?.medians).toEqual({ time: 5 });
});

test('a metric that one turn lacks has no median', async () => {
  const samples: Sample[] = [{ time: 1, rss: 5 }, { time: 3 }];
  const { a } = await interleave({ a: async () => samples.shift() ?? {} }, { rounds: 2, warmup: 0 });
  expect(a?.medians).toEqual({ time: 2 });
});

test('timed waits for the work and leaves what comes before it out', async () => {
  const calls: string[] = [];
  const sample = await timed(
    async () => calls.push('work'),
    async () => calls.push('before'),
  )();
  expect(calls).toEqual(['before', 'work']);
  expect(Object.keys(sample)).toEqual(['time']);
  expect(sample.time).toBeGreaterThan(0);
});

test('quantiles sort as numbers and interpolate between neighbours', () => {
  expect(median([10, 9, 2])).toBe(9);
  expect(median([1, 2, 3, 10])).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
  expect(median([])).toBeNaN();
});
