// Models trained by LightGBM and CatBoost, scored by them and here: one row at a time, and 200,000 rows at once.
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
  'How long do boosted trees take to score one row, and 200,000 rows of float32 features? LightGBM: 100 trees of 31 leaves on 28 ' +
  'numeric features, and on 12 numeric and 8 categorical ones; CatBoost: 100 symmetric trees of depth 6 on the 28. Raw scores, ' +
  'checked to agree; ours on one thread.';

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
    const { n_rows: nRows } = await peer.call('prepare', { threads: 2 });
    const numeric = await readColumns('numeric', nRows);
    const categorical = await readColumns('categorical', nRows);
    const lightgbm = lightgbmEnsemble(await readFile(`${FOLDER}/numeric.txt`, 'utf8'));
    const withSets = lightgbmEnsemble(await readFile(`${FOLDER}/categorical.txt`, 'utf8'));
    const catboost = catboostEnsemble(JSON.parse(await readFile(`${FOLDER}/catboost.json`, 'utf8')));
    const batch = { compare, peer, nRows };
    await compareBatches(batch, 'batch, LightGBM model', { library: 'LightGBM', data: 'numeric' }, lightgbm, numeric);
    const sets = { library: 'LightGBM', data: 'categorical' };
    await compareBatches(batch, 'batch, LightGBM model with categorical features', sets, withSets, categorical);
    await compareBatches(batch, 'batch, CatBoost model', { library: 'CatBoost', data: 'numeric' }, catboost, numeric);
    await compareSingleRows({ compare, peer, columns: numeric }, lightgbm);
    await compareShap({ compare, peer, columns: numeric }, lightgbm);
    await measureStart(figure, lightgbm, numeric);
  } finally {
    await peer.end();
  }
}

async function readColumns(data, nRows) {
  const values = new Float32Array((await readBytes(`${data}.f32`)).buffer);
  return Array.from({ length: values.length / nRows }, (_, f) => values.subarray(f * nRows, (f + 1) * nRows));
}

/** A file's bytes in a buffer of their own. */
async function readBytes(file) {
  return Uint8Array.from(await readFile(`${FOLDER}/${file}`));
}

/** Both sides score the same model; the scores must agree before the times count. */
async function compareBatches({ compare, peer, nRows }, workload, { library, data }, ensemble, columns) {
  const { batchScorer } = await importSource('src/boosting/scoring/batch-scorer.ts');
  const score = batchScorer(ensemble);
  const out = new Float64Array(nRows);
  const call = `${library.toLowerCase()}_batch`;
  score(columns, nRows, out);
  await peer.call(call, { data, n_threads: 1 });
  await peer.call('write_scores');
  await checkScores(out, workload);
  const theirs = (n_threads) => async () => ({ time: (await peer.call(call, { data, n_threads })).time });
  await compare(
    workload,
    {
      ours: timed(() => score(columns, nRows, out)),
      [`${library}, 1 thread`]: theirs(1),
      [`${library}, 2 threads`]: theirs(2),
    },
    { rounds: 7, warmup: 2 },
  );
}

async function checkScores(ours, workload) {
  const theirs = new Float64Array((await readBytes('scores.f64')).buffer);
  const largest = ours.reduce((max, score, row) => Math.max(max, Math.abs(score - theirs[row])), 0);
  if (!(largest < 1e-9)) throw new Error(`predict: ${workload}: scores differ by ${largest}`);
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

async function compareShap({ compare, peer, columns }, ensemble) {
  const { treeShap } = await importSource('src/explain/tree-shap.ts');
  const nRows = 1000;
  const shap = treeShap(ensemble);
  const theirs = async () => ({ time: (await peer.call('lightgbm_shap', { n_rows: nRows, n_threads: 1 })).time });
  await compare('SHAP values of 1,000 rows', {
    ours: timed(() => shap.explainBatch(columns, nRows)),
    'LightGBM, 1 thread': theirs,
  });
}

/** What a process pays that has just started: making a scorer and its first rows, before anything is warm. */
async function measureStart(figure, ensemble, columns) {
  const { rowScorer } = await importSource('src/boosting/scoring/row-scorer.ts');
  const row = Float64Array.from(columns, (column) => column[0]);
  const out = new Float64Array(1);
  const { time } = await timed(() => rowScorer(ensemble)(row, out))();
  figure({ workload: 'making a row scorer and its first row', metric: 'time', ours: time, n: 1 });
}
