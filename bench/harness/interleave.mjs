// Alternatives measured in turns, A B A B, so that a busy minute falls on all of them; medians of the turns are compared.
import { median } from './median.mjs';

/** Results of timed functions go here, so that no compiler may drop the work that made them. */
const sink = { last: undefined };

/**
 * Wraps a function as an alternative: its wall time in seconds.
 * @param {() => unknown} work what is timed; its result is kept from the optimizer
 * @param {() => unknown} [before] runs untimed before every turn
 */
export function timed(work, before) {
  return async () => {
    await before?.();
    const start = process.hrtime.bigint();
    sink.last = await work();
    return { time: Number(process.hrtime.bigint() - start) / 1e9 };
  };
}

/**
 * Measures alternatives in turns.
 * @param {Record<string, () => Promise<Record<string, number>>>} alternatives numbers by metric, by the alternative's name
 * @param {{ rounds?: number, warmup?: number }} [options] turns that count, and turns before them that do not
 * @returns {Promise<Record<string, { samples: Record<string, number>[], medians: Record<string, number> }>>}
 */
export async function interleave(alternatives, { rounds = 5, warmup = 1 } = {}) {
  const names = Object.keys(alternatives);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmup; round < rounds; round++) {
    for (const name of names) {
      const sample = await alternatives[name]();
      if (round >= 0) samples[name].push(sample);
    }
  }
  return Object.fromEntries(names.map((name) => [name, { samples: samples[name], medians: medians(samples[name]) }]));
}

/** Median of every metric that all samples have. */
function medians(samples) {
  const metrics = Object.keys(samples[0] ?? {}).filter((metric) => samples.every((sample) => metric in sample));
  return Object.fromEntries(metrics.map((metric) => [metric, median(samples.map((sample) => sample[metric]))]));
}
