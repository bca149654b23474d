// What the host app feels of a long call: how long its event loop stands still, and how soon an aborted call is over.
import { fileURLToPath } from 'node:url';
import { boostingData } from './data/boosting-data.mjs';
import { writeMixedTable } from './data/mixed-table.mjs';
import { importSource } from './harness/import-source.mjs';

const FILE = fileURLToPath(new URL('../.cache/bench/load/mixed.csv', import.meta.url));
const N_ROWS = 1_000_000;
const TICK_MS = 1;
/** When a call is aborted, as shares of the time that a whole one takes. */
const ABORTED_AT = [0.05, 0.25, 0.5, 0.75, 0.95];

export const question =
  'While a model trains on 1M rows x 28 features, or a CSV file of 1M rows x 20 columns is read or profiled: the longest time that the event loop ' +
  'stood still (a timer of 1 ms) and the 99th percentile of its delays, and the longest time from an abort to the end of the call, over aborts ' +
  'at five points of it.';

const { csv, gradientBoosting, profile } = await importSource('src/index.ts');

export async function run({ figure }) {
  const { train } = await boostingData({ nTrain: N_ROWS, nFeatures: 28, nCategorical: 0, seed: 1 });
  await writeMixedTable(FILE, N_ROWS);
  const calls = {
    'training, lightgbm, 1M x 28': (signal) => fit('lightgbm', train, signal),
    'training, xgboost, 1M x 28': (signal) => fit('xgboost', train, signal),
    'training, catboost, 1M x 28': (signal) => fit('catboost', train, signal),
    'csv 1M x 20': (signal) => csv(FILE).load({ signal }),
    'profile 1M x 20': (signal) => profile(csv(FILE), { signal }),
  };
  const wanted = process.env.BENCH_WORKLOADS?.split(';');
  for (const [workload, call] of Object.entries(calls)) {
    if (wanted !== undefined && !wanted.includes(workload)) continue;
    await call(); // threads and code warm, as in a server that is up
    const whole = await loopDelays(() => call());
    figure({ workload, metric: 'standstill', ours: whole.standstill, n: 1 });
    figure({ workload, metric: 'p99', ours: whole.p99, n: whole.nDelays });
    const ends = [];
    for (const share of ABORTED_AT) ends.push(await timeToEnd(call, share * whole.seconds));
    figure({ workload, metric: 'abort', ours: Math.max(...ends), n: ends.length });
  }
}

function fit(dialect, train, signal) {
  return gradientBoosting({ dialect, numIterations: 50, learningRate: 0.1 }).fit(train, { signal });
}

/** How late a timer of 1 ms is while the call runs, in seconds. */
async function loopDelays(call) {
  const delays = [];
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    delays.push(Math.max(0, now - last - TICK_MS) / 1000);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  const start = performance.now();
  await call();
  clearInterval(timer);
  tick();
  delays.sort((a, b) => a - b);
  const p99 = delays[Math.ceil(0.99 * delays.length) - 1];
  return { standstill: delays.at(-1), p99, nDelays: delays.length, seconds: (performance.now() - start) / 1000 };
}

/** Seconds from an abort to the rejection; 0 where the call was over before. */
async function timeToEnd(call, seconds) {
  const controller = new AbortController();
  let aborted;
  const timer = setTimeout(() => {
    aborted = performance.now();
    controller.abort();
  }, seconds * 1000);
  try {
    await call(controller.signal);
    return 0;
  } catch (error) {
    if (error.code !== 'CANCELLED') throw error;
    return (performance.now() - aborted) / 1000;
  } finally {
    clearTimeout(timer);
  }
}
