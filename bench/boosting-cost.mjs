// What training costs as rows, features and threads grow; a table, and with --write a plot for the documentation.
import { boostingData } from './data/boosting-data.mjs';
import { importSource } from './harness/import-source.mjs';

const ROWS = [10_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000];
const FEATURES = [10, 30, 100, 300, 1000];
const THREADS = [1, 2];
const N_FEATURES = 28;
const N_ROWS = 50_000;
const OPTIONS = { numIterations: 100, learningRate: 0.1, numLeaves: 31 };

export const question =
  'How does the time of training 100 trees of 31 leaves (binning included) grow with rows (28 features), with features (50,000 rows) ' +
  'and with threads? Time per million cells is that time over rows times features.';

const { linePlot } = await importSource('src/report/line-plot.ts');
const { gradientBoosting } = await importSource('src/models/gradient-boosting.ts');

export async function run({ figure, compare }) {
  for (const nTrain of ROWS) {
    const data = await boostingData({ nTrain, nFeatures: N_FEATURES, nCategorical: 0, seed: 1 });
    const cells = nTrain * N_FEATURES;
    await note({ compare, figure, cells }, `${nTrain.toLocaleString('en-US')} rows`, data.train, THREADS);
  }
  for (const nFeatures of FEATURES) {
    const data = await boostingData({ nTrain: N_ROWS, nFeatures, nCategorical: 0, seed: 1 });
    await note({ compare, figure, cells: N_ROWS * nFeatures }, `${nFeatures} features`, data.train, [2]);
  }
}

async function note({ compare, figure, cells }, name, train, threads) {
  for (const numThreads of threads) {
    const workload = `${name}, ${numThreads} thread${numThreads > 1 ? 's' : ''}`;
    const model = gradientBoosting({ ...OPTIONS, numThreads });
    const fit = async () => {
      const start = process.hrtime.bigint();
      await model.fit(train);
      return { time: Number(process.hrtime.bigint() - start) / 1e9 };
    };
    const { ours } = await compare(workload, { ours: fit }, { rounds: 3, warmup: cells < 1e7 ? 1 : 0 });
    figure({
      workload,
      metric: 'time per million cells',
      ours: (ours.medians.time * 1e6) / cells,
      n: ours.samples.length,
    });
  }
}

/** Time by rows, a line a number of threads: straight where the cost is linear. */
export function plot(figures) {
  const title = 'Training time by rows';
  const lines = THREADS.map((numThreads) => {
    const label = `${numThreads} thread${numThreads > 1 ? 's' : ''}`;
    const times = figures.filter(({ workload, metric }) => metric === 'time' && workload.endsWith(`rows, ${label}`));
    return { label, x: ROWS.slice(0, times.length), y: times.map(({ ours }) => ours) };
  });
  const svg = linePlot({
    title,
    description: 'Seconds to train 100 trees of 31 leaves on 28 features, by rows and threads.',
    width: 560,
    x: { label: 'Rows', domain: [0, Math.max(...ROWS)] },
    y: { label: 'Seconds', domain: [0, Math.max(...lines.flatMap(({ y }) => y))] },
    lines,
    dots: true,
    empty: 'Nothing was measured',
  });
  return { title, svg };
}
