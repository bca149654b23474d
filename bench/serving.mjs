// Every server has one core, and wrk the other; they are asked in turns.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { importSource } from './harness/import-source.mjs';
import { runWrk, startPinned, writePostScript } from './harness/pinned-server.mjs';
import { pythonPath } from './harness/python-peer.mjs';
import { ROW_BODY, servingPeers } from './peers/serving-peers.mjs';
import { FEATURES, row } from './peers/serving-row.mjs';

export const question =
  'How fast is one row of 28 numbers over HTTP, scored by 100 trees? Ours is /predict in Fastify, with metrics and a monitor of drift where it says so; beside it ' +
  'a Fastify route that checks the same row and answers with a constant, and Python servers with the same trees in LightGBM, one worker ' +
  'each. One core for the server, one for wrk; no access log anywhere.';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${ROOT}.cache/bench/serving`;
const CONNECTIONS = 64;
const ROUNDS = 4;
const SECONDS = 2;
const REPEATS = 500;
const TRIVIAL = 'Fastify trivial';

export async function run({ compare, version, log }) {
  if (spawnSync('wrk', ['-v']).error !== undefined) {
    log('serving: needs wrk (scripts/setup-peers.sh)');
    return;
  }
  if (!existsSync(`${ROOT}dist/fastify.js`)) {
    log('serving: needs the built package (npm run build)');
    return;
  }
  await prepare();
  versions(version);
  const peers = await servingPeers(FOLDER);
  const ours = ['boosting', 'boosting+monitor', 'trivial'].map(ownServer);
  const servers = new Map();
  try {
    for (const server of [...ours, ...peers]) servers.set(server.name, await startServer(server, log));
    const measured = (names) => Object.fromEntries(names.map((name) => [name, () => load(servers.get(name))]));
    const workload = (what) => `single row, ${what}, ${CONNECTIONS} connections`;
    const turns = { rounds: ROUNDS, warmup: 2 };
    await compare(workload('100 trees'), measured(['boosting', TRIVIAL]), turns);
    const all = ['boosting+monitor', TRIVIAL, ...peers.map(({ name }) => name)];
    await compare(workload('100 trees, metrics and monitor'), measured(all), turns);
  } finally {
    for (const server of servers.values()) await server.end();
  }
  const [first, ...others] = [ours[1], ...peers].map((server) => [server.name, () => start(server)]);
  await compare('start to first answer', Object.fromEntries([first, ...others]), { rounds: 3, warmup: 0 });
  await compareBatching(compare);
}

/** What gathering the rows of concurrent requests could save: their scoring, without the wait for one another. */
async function compareBatching(compare) {
  const { createPredictor, fileRegistry } = await import('tabwright/predict');
  const predictor = await createPredictor({ registry: fileRegistry(`${FOLDER}/models`), model: 'boosting' });
  const rows = Array.from({ length: CONNECTIONS }, (_, i) => row(i));
  const repeated = (score) => async () => {
    const start = performance.now();
    for (let i = 0; i < REPEATS; i++) score();
    return { time: (performance.now() - start) / 1000 / REPEATS };
  };
  const alternatives = {
    ours: repeated(() => rows.map((cells) => predictor.predictOne(cells))),
    'predictBatch of all': repeated(() => predictor.predictBatch(rows)),
  };
  await compare(`${CONNECTIONS} rows in the process, 100 trees`, alternatives, { rounds: 7 });
}

/** Trains once; the booster's file is LightGBM's own. */
async function prepare() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const { createTrainer, fileRegistry, gradientBoosting, makeTable } = await importSource('src/index.ts');
  const rows = Array.from({ length: 5000 }, (_, i) => row(i));
  const columns = FEATURES.map((name) => [name, Float64Array.from(rows, (cells) => cells[name])]);
  const target = Float64Array.from(rows, (cells, i) => Number(cells.f0 + cells.f1 > (i % 7) / 7));
  const data = { load: async () => ({ data: makeTable([...columns, ['y', target]]) }) };
  const registry = fileRegistry(`${FOLDER}/models`);
  const trainer = createTrainer({ registry });
  const model = gradientBoosting({ numIterations: 100 });
  await trainer.train({ name: 'boosting', data, model, target: { column: 'y', task: 'binary' } });
  await writeFile(`${FOLDER}/model.txt`, (await registry.read('boosting', 1)).get('native/model.lgb'));
}

/** Versions of all that is measured. */
function versions(version) {
  version('fastify', createRequire(import.meta.url)('fastify/package.json').version);
  const packages = {
    serving: ['fastapi', 'uvicorn', 'lightgbm', 'bentoml'],
    mlserver: ['mlserver'],
    mlflow: ['mlflow'],
  };
  for (const [environment, names] of Object.entries(packages)) {
    const python = pythonPath(environment);
    if (python === undefined) continue;
    const program = 'import sys, importlib.metadata as m; print(*[m.version(n) for n in sys.argv[1:]])';
    const found = execFileSync(python, ['-c', program, ...names], { encoding: 'utf8' })
      .trim()
      .split(' ');
    for (const [i, name] of names.entries()) version(name, found[i]);
  }
}

async function startServer(server, log) {
  const started = await startPinned(server);
  log(`${server.name} answers ${started.answer.slice(0, 160)}`);
  const script = `${FOLDER}/${server.name.replaceAll(/\W+/g, '-')}.lua`;
  await writePostScript(script, server.body);
  await started.pause();
  return { ...started, script };
}

async function load({ url, script, rss, pause, resume }) {
  await resume();
  const figures = await runWrk(url, { script, connections: CONNECTIONS, seconds: SECONDS });
  const bytes = await rss();
  await pause();
  return { ...figures, rss: bytes };
}

/** A server that is started for its first answer, and ended. */
async function start(server) {
  const { ready, end } = await startPinned(server);
  await end();
  return { time: ready };
}

function ownServer(kind) {
  const program = fileURLToPath(new URL('peers/serving-server.mjs', import.meta.url));
  return {
    name: kind === 'trivial' ? TRIVIAL : kind,
    command: (port) => [process.execPath, program, kind, String(port), FOLDER],
    path: '/predict',
    body: ROW_BODY,
  };
}
