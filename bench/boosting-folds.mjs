// Losses of boosted trees on public data, five folds and five seeds, beside the originals with the same parameters.
import { importSource } from './harness/import-source.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

const SEEDS = [1, 2, 3, 4, 5];
const PACKAGES = { LightGBM: 'lightgbm', XGBoost: 'xgboost', CatBoost: 'catboost' };
const METRICS = { binary: ['logLoss', 'auc'], multiclass: ['logLoss'], regression: ['rmse'] };

export const question =
  'Do boosted trees predict as well as the libraries whose parameters they take? Means over five folds of public data (the same for ' +
  'both) and five seeds, 100 trees, learning rate 0.1, every other parameter at the default of the library; then the standard deviation over ' +
  'the seeds.';

const { BOOSTING_CASES, boostingLosses, meanLosses } = await importSource('test/peers/boosting-losses.ts');

export async function run({ figure, version, log }) {
  if (!pythonPath()) return log('boosting-folds: needs the peers (bash scripts/setup-peers.sh)');
  await noteVersions(version);
  for (const each of BOOSTING_CASES) {
    const losses = await boostingLosses(each, SEEDS);
    if (losses === undefined) log(`boosting-folds: ${each.file} is not here (TABWRIGHT_DATA)`);
    else noteLosses(each, losses, figure);
  }
}

async function noteVersions(version) {
  const peer = startPython(new URL('peers/boosting.py', import.meta.url).pathname);
  const versions = await peer.call('versions', { packages: Object.values(PACKAGES) });
  for (const [name, library] of Object.entries(PACKAGES)) version(name, versions[library]);
  await peer.end();
}

function noteLosses({ file, task, library }, { ours, theirs }, figure) {
  const peerName = Object.keys(PACKAGES).find((name) => PACKAGES[name] === library);
  const noted = { workload: file.replace(/\.[ct]sv$/, ''), peerName, n: SEEDS.length };
  const means = [meanLosses(ours), meanLosses(theirs)];
  METRICS[task].forEach((metric, i) => {
    figure({ ...noted, metric, ours: means[0][i], peer: means[1][i] });
    figure({ ...noted, metric: `${metric}, sd`, ours: deviation(ours, i), peer: deviation(theirs, i) });
  });
}

/** Sample standard deviation over seeds. */
function deviation(losses, metric) {
  const values = losses.map((each) => each[metric]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
