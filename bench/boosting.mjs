// Training of boosted trees, binning included, against the three libraries whose algorithms they follow.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boostingData, writeBoostingData } from './data/boosting-data.mjs';
import { bundleSource, importSource } from './harness/import-source.mjs';
import { interleave } from './harness/interleave.mjs';
import { measureProcess } from './harness/measure-process.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

const PEER = fileURLToPath(new URL('peers/boosting.py', import.meta.url));
const OURS = fileURLToPath(new URL('peers/boosting-tabwright.mjs', import.meta.url));
const LIBRARIES = { LightGBM: 'lightgbm', XGBoost: 'xgboost', CatBoost: 'catboost' };
const N_TREES = 100;
const N_THREADS = 2;
const N_SEEDS = 5;

export const question =
  'How long does training 100 trees take (learning rate 0.1, 255 bins), from float32 columns to a model, binning included, with two ' +
  'threads? Rows are those trained on; the AUC is on a quarter as many others. 31 leaves against LightGBM; for XGBoost (hist) and ' +
  'CatBoost ours grows as they do: level by level, and symmetric trees, both of depth 6. At 10k rows a peer has one thread or two, ' +
  "whichever is faster for it, and ours chooses. Every setting not named is each library's own default. Memory is the peak of a whole " +
  'process that reads the rows and trains once, imports and raw data included.';

const WORKLOADS = {
  '10k x 20': { nTrain: 10_000, nFeatures: 20, nCategorical: 0, rounds: 9, warmup: 2, isSmall: true, hasSeeds: true },
  '200k x 28': { nTrain: 200_000, nFeatures: 28, nCategorical: 0, rounds: 5, warmup: 1, hasSeeds: true, hasRss: true },
  '1M x 28': { nTrain: 1_000_000, nFeatures: 28, nCategorical: 0, rounds: 3, warmup: 0, hasRss: true },
  '200k x 20, 8 categorical': { nTrain: 200_000, nFeatures: 20, nCategorical: 8, rounds: 3, warmup: 1 },
};

const LIGHTGBM = { objective: 'binary', learning_rate: 0.1, num_leaves: 31, max_bin: 255, min_data_in_leaf: 20 };
const XGBOOST = { objective: 'binary:logistic', tree_method: 'hist', eta: 0.1, max_depth: 6, max_bin: 255 };
const CATBOOST = { loss_function: 'Logloss', learning_rate: 0.1, depth: 6 };

/** Our options, and the peers they are measured against with theirs. */
const CONTESTS = [
  {
    options: { dialect: 'lightgbm', ...LIGHTGBM },
    peers: {
      LightGBM: { library: 'lightgbm', params: LIGHTGBM },
      'LightGBM, quantized': { library: 'lightgbm', params: { ...LIGHTGBM, use_quantized_grad: true } },
    },
  },
  { options: { dialect: 'xgboost', ...XGBOOST }, peers: { XGBoost: { library: 'xgboost', params: XGBOOST } } },
  {
    options: { dialect: 'catboost', ...CATBOOST, maxBin: 255 },
    peers: { CatBoost: { library: 'catboost', params: { ...CATBOOST, border_count: 254 } } },
  },
].map(({ options, peers }) => ({ options: { ...options, numIterations: N_TREES }, peers }));

const { gradientBoosting } = await importSource('src/models/gradient-boosting.ts');
const { auc } = await importSource('src/evaluation/roc.ts');

/**
 * BENCH_WORKLOADS="10k x 20;200k x 28" chooses workloads; BENCH_TIMES_ONLY=1 leaves out memory and the mean of seeds.
 */
export async function run({ compare, figure, version, log }) {
  const names = process.env.BENCH_WORKLOADS?.split(';') ?? Object.keys(WORKLOADS);
  const unknown = names.filter((name) => !(name in WORKLOADS));
  if (unknown.length > 0) throw new Error(`BENCH_WORKLOADS: ${unknown} is not one of ${Object.keys(WORKLOADS)}`);
  const folder = await mkdtemp(join(tmpdir(), 'tabwright-bench-'));
  const peer = pythonPath() && startPython(PEER);
  try {
    if (peer) await noteVersions(peer, version);
    else log('boosting: only ours with the parameters of LightGBM (bash scripts/setup-peers.sh)');
    logSheet(log);
    for (const name of names) {
      const bench = { name, workload: WORKLOADS[name], peer, path: join(folder, 'data.f32') };
      const data = await prepare(bench, 1);
      await compareTimes(bench, data, compare);
      if (!peer || process.env.BENCH_TIMES_ONLY) continue;
      if (bench.workload.hasRss) await compareMemory(bench, data, figure);
      if (bench.workload.hasSeeds) await compareSeeds(bench, figure);
    }
  } finally {
    await peer?.end();
    await rm(folder, { recursive: true });
  }
}

async function noteVersions(peer, version) {
  const versions = await peer.call('versions', { packages: Object.values(LIBRARIES) });
  for (const [name, library] of Object.entries(LIBRARIES)) version(name, versions[library]);
}

function logSheet(log) {
  for (const { options, peers } of CONTESTS) {
    log(`ours: ${JSON.stringify(options)}`);
    for (const [name, { params }] of Object.entries(peers)) log(`${name}, ${N_TREES} trees: ${JSON.stringify(params)}`);
  }
}

async function compareTimes({ name, workload, peer }, data, compare) {
  const { rounds, warmup } = workload;
  for (const { options, peers } of peer ? CONTESTS : CONTESTS.slice(0, 1)) {
    const alternatives = { ours: () => fitOurs(data, options, workload) };
    for (const [peerName, { library, params }] of peer ? Object.entries(peers) : []) {
      const threads = workload.isSmall ? await fasterThreads(peer, library, params) : N_THREADS;
      const fullName = workload.isSmall ? `${peerName}, ${threads} thread${threads > 1 ? 's' : ''}` : peerName;
      alternatives[fullName] = () => fitPeer(peer, { library, params, threads });
    }
    await compare(name, alternatives, { rounds, warmup });
  }
}

/** Makes the rows, and hands them to the peer through a file. */
async function prepare({ workload, peer, path }, seed) {
  const data = await boostingData({ ...workload, seed });
  if (peer) {
    await writeBoostingData(path, data);
    await peer.call('load', { ...loadRequest(workload, data, path), libraries: Object.values(LIBRARIES) });
  }
  return data;
}

function loadRequest({ nTrain, nFeatures, nCategorical }, { target, train }, path) {
  const n_levels = train.features.features.slice(0, nCategorical).map(({ levels }) => levels.length);
  return { path, n_rows: target.length, n_train: nTrain, n_features: nFeatures, n_levels };
}

async function fitOurs({ train, test }, options, { isSmall }) {
  const model = gradientBoosting({ ...options, numThreads: isSmall ? 0 : N_THREADS });
  const start = process.hrtime.bigint();
  const fitted = await model.fit(train);
  const time = Number(process.hrtime.bigint() - start) / 1e9;
  return { time, auc: auc(test.target, fitted.predict(test.features)) };
}

async function fitPeer(peer, request) {
  const { time, auc } = await peer.call('fit', { ...request, rounds: N_TREES });
  return { time, auc };
}

/** Whether one thread or two are faster for a peer. */
async function fasterThreads(peer, library, params) {
  const turns = await interleave(
    Object.fromEntries([1, 2].map((threads) => [threads, () => fitPeer(peer, { library, params, threads })])),
    { rounds: 5, warmup: 1 },
  );
  return turns[1].medians.time <= turns[2].medians.time ? 1 : 2;
}

/** Every side once in a process of its own, on the rows of the file. */
async function compareMemory({ name, workload, path }, data, figure) {
  const { nTrain, nFeatures } = workload;
  const bundle = await bundleSource('src/models/gradient-boosting.ts');
  for (const { options, peers } of CONTESTS) {
    const request = { nRows: data.target.length, nTrain, nFeatures, options: { ...options, numThreads: N_THREADS } };
    const ours = await measureProcess(process.execPath, [OURS, bundle, path, JSON.stringify(request)]);
    for (const [peerName, { library, params }] of Object.entries(peers)) {
      const theirs = await measurePeer([
        { name: 'load', args: { ...loadRequest(workload, data, path), libraries: [library], with_test: false } },
        { name: 'fit', args: { library, params, threads: N_THREADS, rounds: N_TREES } },
      ]);
      figure({ workload: name, metric: 'rss', ours: ours.rss, peer: theirs.rss, peerName, n: 1 });
    }
  }
}

/** The peer's script in a process of its own; it answers on descriptor 3, a line a call. */
async function measurePeer(calls) {
  const measured = await measureProcess('/bin/sh', ['-c', 'exec "$0" "$1" 3>&1 1>&2', pythonPath(), PEER], {
    env: { PYTHONPATH: fileURLToPath(new URL('harness', import.meta.url)) },
    input: calls.map((call) => `${JSON.stringify(call)}\n`).join(''),
  });
  const answers = measured.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const { error } of answers) if (error !== undefined) throw new Error(`boosting: ${error}`);
  return measured;
}

/** Mean AUC over rows of several seeds: without bagging, seeds of the training itself change little or nothing. */
async function compareSeeds(bench, figure) {
  const sums = new Map();
  const add = (key, value) => sums.set(key, (sums.get(key) ?? 0) + value / N_SEEDS);
  for (let seed = 1; seed <= N_SEEDS; seed++) {
    const data = await prepare(bench, seed);
    for (const { options, peers } of CONTESTS) {
      add(options.dialect, (await fitOurs(data, options, bench.workload)).auc);
      for (const [peerName, { library, params }] of Object.entries(peers)) {
        add(peerName, (await fitPeer(bench.peer, { library, params, threads: N_THREADS })).auc);
      }
    }
  }
  for (const { options, peers } of CONTESTS) {
    for (const peerName of Object.keys(peers)) {
      const means = { ours: sums.get(options.dialect), peer: sums.get(peerName) };
      figure({ workload: bench.name, metric: 'auc, mean of 5 seeds', ...means, peerName, n: N_SEEDS });
    }
  }
}
