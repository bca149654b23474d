// Two servers that differ in nothing but the monitor are asked in turns; and the monitor alone is told of rows.
import { spawnSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleSource, importSource } from './harness/import-source.mjs';
import { runWrk, startPinned, writePostScript } from './harness/pinned-server.mjs';
import { FEATURES, row } from './peers/serving-row.mjs';

export const question =
  'What does monitoring cost? One row of 28 numbers over HTTP, scored by 100 trees, with metrics, drift and a prediction log on the disk, ' +
  'against the same server without; and the time that the monitor itself takes for a row.';

const FOLDER = `${fileURLToPath(new URL('..', import.meta.url))}.cache/bench/monitoring`;
const SOURCES = [
  'src/predict.ts',
  'src/prometheus.ts',
  'src/bundle/read-reference.ts',
  'src/monitoring/monitor.ts',
  'src/monitoring/log/file-prediction-log.ts',
  'adapters/fastify.ts',
];
const CONNECTIONS = 64;
const SECONDS = 2;
const ROUNDS = 12;
const OBSERVED = 200_000;
const BLOCK = 1000;

export async function run({ compare, figure, log }) {
  const predictor = await prepare();
  await observations(figure, predictor);
  if (spawnSync('wrk', ['-v']).error !== undefined) {
    log('monitoring: throughput needs wrk (scripts/setup-peers.sh)');
    return;
  }
  const servers = [];
  try {
    const watched = await startServer('watched');
    servers.push(watched);
    const plain = await startServer('plain');
    servers.push(plain);
    const workload = `single row over HTTP, ${CONNECTIONS} connections`;
    const alternatives = { ours: () => load(watched), 'no monitoring': () => load(plain) };
    await compare(workload, alternatives, { rounds: ROUNDS, warmup: 2 });
  } finally {
    for (const { end } of servers) await end();
  }
}

/** Trains once, and lays out what servers import. */
async function prepare() {
  for (const source of SOURCES) await bundleSource(source);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const { createPredictor, createTrainer, fileRegistry, gradientBoosting, makeTable } =
    await importSource('src/index.ts');
  const rows = Array.from({ length: 5000 }, (_, i) => row(i));
  const columns = FEATURES.map((name) => [name, Float64Array.from(rows, (cells) => cells[name])]);
  const y = Float64Array.from(rows, (cells, i) => Number(cells.f0 + cells.f1 > (i % 7) / 7));
  const data = { load: async () => ({ data: makeTable([...columns, ['y', y]]) }) };
  const registry = fileRegistry(`${FOLDER}/models`);
  const model = gradientBoosting({ numIterations: 100 });
  await createTrainer({ registry }).train({ name: 'model', data, model, target: { column: 'y', task: 'binary' } });
  return { registry, predictor: await createPredictor({ registry, model: 'model' }) };
}

/** Seconds that a call takes, by what the monitor does. */
async function observations(figure, { registry, predictor }) {
  const { filePredictionLog, monitor, readReference } = await monitoring();
  const referenceOf = async (name, version) => readReference(await registry.read(name, version));
  const log = () => filePredictionLog(`${FOLDER}/observed`);
  const kinds = {
    'metrics and performance': async () => ({}),
    'and a log': async () => ({ log: await log() }),
    'and a log and drift': async () => ({ log: await log(), referenceOf }),
  };
  for (const [kind, input] of Object.entries(kinds)) {
    const watching = await monitor({ predictors: { model: predictor }, ...(await input()) });
    await wait(100);
    const ours = await observedSeconds(watching, predictor);
    figure({ workload: `one observation of 28 features, ${kind}`, metric: 'time', ours, n: OBSERVED });
    await watching.close();
  }
}

async function monitoring() {
  const { filePredictionLog, monitor } = await importSource('src/index.ts');
  return { filePredictionLog, monitor, ...(await importSource('src/bundle/read-reference.ts')) };
}

/** Rows and ids are made in blocks before they are observed, as requests have them at hand; the first blocks warm up. */
async function observedSeconds(watching, predictor) {
  let seconds = 0;
  const warmup = OBSERVED / 4;
  for (let at = 0; at < OBSERVED + warmup; at += BLOCK) {
    const rows = Array.from({ length: 100 }, (_, i) => JSON.parse(JSON.stringify(row(at + i))));
    const predictions = rows.map((cells) => predictor.predictOne(cells));
    const ids = Array.from({ length: BLOCK }, () => Buffer.from(crypto.randomUUID()).toString());
    const start = performance.now();
    for (let i = 0; i < BLOCK; i++) watching.predicted('model', ids[i], rows[i % 100], predictions[i % 100]);
    if (at >= warmup) seconds += (performance.now() - start) / 1000;
    await wait(0);
  }
  return seconds / OBSERVED;
}

async function startServer(kind) {
  const program = fileURLToPath(new URL('peers/monitoring-server.mjs', import.meta.url));
  const command = (port) => [process.execPath, program, kind, String(port), FOLDER];
  const body = JSON.stringify(row(1));
  const started = await startPinned({ command, path: '/predict', body });
  const script = `${FOLDER}/${kind}.lua`;
  await writePostScript(script, body);
  await started.pause();
  return { ...started, script };
}

async function load({ url, script, pause, resume }) {
  await resume();
  const { rps, p99 } = await runWrk(url, { script, connections: CONNECTIONS, seconds: SECONDS });
  await pause();
  return { rps, p99 };
}
