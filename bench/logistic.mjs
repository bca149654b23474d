import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importSource } from './harness/import-source.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

export const question =
  "How long does fitting a logistic regression take (default options, columns encoded before), and does it find scikit-learn's minimum?";

const { logistic } = await importSource('src/models/logistic.ts');
const { evaluate } = await importSource('src/evaluation/evaluate.ts');

export async function run({ compare, version, log }) {
  const peer = pythonPath() && startPython(fileURLToPath(new URL('peers/logistic.py', import.meta.url)));
  if (peer) version('scikit-learn', (await peer.call('versions', { packages: ['scikit-learn'] }))['scikit-learn']);
  const adult = await adultWorkload();
  if (adult === undefined) log('adult.csv is not there (TABWRIGHT_DATA): only made data is measured');
  for (const [name, workload] of Object.entries({ ...(adult && { adult }), '160k x 28': await madeWorkload() })) {
    const { train, path } = workload;
    await peer?.call('load', { path, columns: train.features.columns.length, train_rows: train.features.nRows });
    await compare(name, {
      ours: () => fitAndScore(workload),
      ...(peer && { 'scikit-learn': () => peer.call('fit') }),
    });
    await rm(dirname(path), { recursive: true });
  }
  await peer?.end();
}

async function fitAndScore({ train, test }) {
  const start = process.hrtime.bigint();
  const model = await logistic().fit(train);
  const time = Number(process.hrtime.bigint() - start) / 1e9;
  const { auc, logLoss } = evaluate({ ...test, predictions: model.predict(test.features) });
  return { time, auc, logLoss };
}

/** 32,561 rows of 108 one-hot and scaled columns, and 16,281 to test on. */
async function adultWorkload() {
  const path = join(
    process.env.TABWRIGHT_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url)),
    'adult.csv',
  );
  if (!existsSync(path)) return undefined;
  const { encodedData } = await importSource('test/peers/encoded-data.ts');
  return encodedData(path, { column: 'income', task: 'binary', positive: '>50K' }, 32_561);
}

/** 160,000 rows of 28 columns, of which a few carry signal, most of it not linear, and 40,000 to test on. */
async function madeWorkload() {
  const { createRandom } = await importSource('src/core/random.ts');
  const random = createRandom(5);
  const columns = Array.from({ length: 28 }, () => Float64Array.from({ length: 200_000 }, () => random.normal()));
  const target = columns[0].map((_, row) => {
    const [a, b, c, d, e] = columns.map((column) => column[row]);
    const score = 1.2 * a * b + c - 0.8 * (Math.abs(columns[21][row]) > 0.8 ? 1 : 0) + 0.5 * Math.sin(3 * d) + 0.3 * e;
    return random.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  const path = join(await mkdtemp(join(tmpdir(), 'tabwright-bench-')), 'made.bin');
  await writeFile(path, Buffer.concat([...columns, target].map((column) => Buffer.from(column.buffer))));
  const part = (from, to) => ({
    features: {
      nRows: to - from,
      features: columns.map((_, j) => ({ name: `x${j}`, kind: 'numeric' })),
      columns: columns.map((column) => column.slice(from, to)),
    },
    target: target.slice(from, to),
    task: 'binary',
    nClasses: 2,
  });
  return { train: part(0, 160_000), test: part(160_000, 200_000), path };
}
