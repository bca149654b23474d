// Models trained by LightGBM and CatBoost, scored by them and here: one row at a time and 200,000 rows at once.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { catboostEnsemble } from './harness/catboost-json.mjs';
import { importSource } from './harness/import-source.mjs';
import { timed } from './harness/interleave.mjs';
import { lightgbmEnsemble } from './harness/lightgbm-text.mjs';
import { quantile } from './harness/median.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

const FOLDER = fileURLToPath(new URL('../.cache/bench/predict', import.meta.url));
const PEER = fileURLToPath(new URL('peers/predict.py', import.meta.url));
const SINGLE_ROWS = 20_000;

export const question =
  'How long do boosted trees take to score one row, and 200,000 rows of 28 float32 features? 100 trees of 31 leaves from LightGBM, ' +
  '100 symmetric trees of depth 6 from CatBoost; raw scores; ours on one thread.';

export async function run({ compare, figure, version, log }) {
  if (pythonPath() === undefined) {
    log('predict: needs LightGBM and CatBoost (bash scripts/setup-peers.sh)');
    return;
  }
  const peer = startPython(PEER, { args: [FOLDER] });
  try {
    const versions = await peer.call('versions', { packages: ['lightgbm', 'catboost'] });
    version('LightGBM', versions.lightgbm);
    version('CatBoost', versions.catboost);
    const { n_rows: nRows, n_features: nFeatures } = await peer.call('prepare', { threads: 2 });
    const columns = await readColumns(nRows, nFeatures);
    const lightgbm = lightgbmEnsemble(await readFile(`${FOLDER}/lightgbm.txt`, 'utf8'));
    const catboost = catboostEnsemble(JSON.parse(await readFile(`${FOLDER}/catboost.json`, 'utf8')));
    await compareBatches({ compare, peer, columns, nRows }, 'LightGBM', lightgbm);
    await compareBatches({ compare, peer, columns, nRows }, 'CatBoost', catboost);
    await compareSingleRows({ compare, peer, columns }, lightgbm);
    await explainRows({ compare, peer, columns }, lightgbm);
    await startUp({ figure }, lightgbm);
  } finally {
    await peer.end();
  }
}

async function readColumns(nRows, nFeatures) {
  const bytes = await readFile(`${FOLDER}/x.f32`);
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return Array.from({ length: nFeatures }, (_, f) => values.subarray(f * nRows, (f + 1) * nRows));
}

/** Both sides score the same model; the scores must agree before the times count. */
async function compareBatches({ compare, peer, columns, nRows }, name, ensemble) {
  const { batchScorer } = await importSource('src/boosting/scoring/batch-scorer.ts');
  const score = batchScorer(ensemble);
  const out = new Float64Array(nRows);
  const call = `${name.toLowerCase()}_batch`;
  score(columns, nRows, out);
  await peer.call(call, { n_threads: 1 });
  await peer.call('write_scores');
  await checkScores(out, name);
  const alternatives = { ours: timed(() => score(columns, nRows, out)) };
  for (const threads of [1, 2]) {
    const peerName = threads === 1 ? `${name}, 1 thread` : `${name}, ${threads} threads`;
    alternatives[peerName] = async () => ({ time: (await peer.call(call, { n_threads: threads })).time });
  }
  await compare(`batch, model of ${name}`, alternatives, { rounds: 7, warmup: 2 });
}

async function checkScores(ours, name) {
  const bytes = await readFile(`${FOLDER}/scores.f64`);
  const theirs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const largest = ours.reduce((max, score, row) => Math.max(max, Math.abs(score - theirs[row])), 0);
  if (!(largest < 1e-9)) throw new Error(`predict: scores differ from ${name}'s by ${largest}`);
}

async function compareSingleRows({ compare, peer, columns }, ensemble) {
  const { rowScorer } = await importSource('src/boosting/scoring/row-scorer.ts');
  const rows = Array.from({ length: SINGLE_ROWS }, (_, row) => Float64Array.from(columns, (column) => column[row]));
  const score = rowScorer(ensemble);
  const out = new Float64Array(1);
  await compare(
    'single row',
    {
      ours: async () => rowTimes(rows, (row) => score(row, out)),
      'LightGBM C API, single row fast': async () => {
        const { p50, p99 } = await peer.call('lightgbm_single', { n_rows: SINGLE_ROWS });
        return { p50, p99 };
      },
    },
    { rounds: 7, warmup: 2 },
  );
}

/** Quantiles of the time of each row, the clock's own cost taken off. */
function rowTimes(rows, score) {
  const times = new Float64Array(rows.length);
  const clock = new Float64Array(rows.length);
  for (const [i, row] of rows.entries()) {
    const start = process.hrtime.bigint();
    score(row);
    times[i] = Number(process.hrtime.bigint() - start);
  }
  for (let i = 0; i < clock.length; i++) {
    const start = process.hrtime.bigint();
    clock[i] = Number(process.hrtime.bigint() - start);
  }
  const cost = quantile(clock, 0.5);
  return { p50: (quantile(times, 0.5) - cost) / 1e9, p99: (quantile(times, 0.99) - cost) / 1e9 };
}

async function explainRows({ compare, peer, columns }, ensemble) {
  const { treeShap } = await importSource('src/explain/tree-shap.ts');
  const nRows = 1000;
  const shap = treeShap(ensemble);
  const theirs = async () => ({ time: (await peer.call('lightgbm_shap', { n_rows: nRows, n_threads: 1 })).time });
  await compare('SHAP values of 1,000 rows', {
    ours: timed(() => shap.explainBatch(columns, nRows)),
    'LightGBM, 1 thread': theirs,
  });
}

/** Making the scorers, which a process that scores one row and ends pays. */
async function startUp({ figure }, ensemble) {
  const { rowScorer } = await importSource('src/boosting/scoring/row-scorer.ts');
  const { batchScorer } = await importSource('src/boosting/scoring/batch-scorer.ts');
  for (const [workload, make] of [
    ['making a row scorer', rowScorer],
    ['making a batch scorer', batchScorer],
  ]) {
    const { time } = await timed(() => make(ensemble))();
    figure({ workload, metric: 'time', ours: time, n: 1 });
  }
}
