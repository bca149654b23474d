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
  'stood still (a timer of 1 ms), and the longest time from an abort to the end of the call, over aborts at five points of it.';

const { gradientBoosting } = await importSource('src/models/gradient-boosting.ts');
const { csv } = await importSource('src/loaders/csv/csv.ts');
const { profile } = await importSource('src/eda/profile.ts');

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
  for (const [workload, call] of Object.entries(calls)) {
    await call(); // threads and code warm, as in a server that is up
    const whole = await longestStandstill(() => call());
    figure({ workload, metric: 'standstill', ours: whole.standstill, n: 1 });
    const ends = [];
    for (const share of ABORTED_AT) ends.push(await timeToEnd(call, share * whole.seconds));
    figure({ workload, metric: 'abort', ours: Math.max(...ends), n: ends.length });
  }
}

function fit(dialect, train, signal) {
  return gradientBoosting({ dialect, numIterations: 50, learningRate: 0.1 }).fit(train, { signal });
}

async function longestStandstill(call) {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  const start = performance.now();
  await call();
  const end = performance.now();
  clearInterval(timer);
  return { standstill: Math.max(longest, end - last - TICK_MS) / 1000, seconds: (end - start) / 1000 };
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
