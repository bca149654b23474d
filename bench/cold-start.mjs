// What a function that starts to answer one request pays: a whole process that imports, loads a model and scores one row.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { importSource } from './harness/import-source.mjs';
import { measureProcess } from './harness/measure-process.mjs';
import { FEATURES, row } from './peers/serving-row.mjs';

export const question =
  'How long does a process take from its start to its end that imports tabwright/predict, loads a model from a folder and scores ' +
  'one row of 28 numbers? Boosting: 100 trees. Beside it, a process of the same Node.js that does nothing; and the bytes of the package.';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${ROOT}.cache/bench/cold-start`;
const PROGRAM = fileURLToPath(new URL('peers/cold-start.mjs', import.meta.url));
const ROUNDS = 15;

export async function run({ compare, figure, log }) {
  if (!existsSync(`${ROOT}dist/predict.js`)) {
    log('cold-start: needs the built package (npm run build)');
    return;
  }
  await prepare();
  for (const model of ['logistic', 'boosting']) {
    const ours = () => measureProcess(process.execPath, [PROGRAM, FOLDER, model]).then(timeAndMemory);
    const empty = () => measureProcess(process.execPath, ['-e', '0']).then(timeAndMemory);
    await compare(`process, ${model}`, { ours, 'empty Node.js': empty }, { rounds: ROUNDS, warmup: 2 });
  }
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
  });
  const [packed] = JSON.parse(stdout);
  figure({ workload: 'package, packed', metric: 'bytes', ours: packed.size, n: 1 });
  figure({ workload: 'package, unpacked', metric: 'bytes', ours: packed.unpackedSize, n: 1 });
}

function timeAndMemory({ time, rss }) {
  return { time, rss };
}

async function prepare() {
  const { createTrainer, fileRegistry, gradientBoosting, logistic, makeTable } = await importSource('src/index.ts');
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const rows = Array.from({ length: 5000 }, (_, i) => row(i));
  const columns = FEATURES.map((name) => [name, Float64Array.from(rows, (cells) => cells[name])]);
  const target = Float64Array.from(rows, (cells, i) => Number(cells.f0 + cells.f1 > (i % 7) / 7));
  const data = { load: async () => ({ data: makeTable([...columns, ['y', target]]) }) };
  const trainer = createTrainer({ registry: fileRegistry(`${FOLDER}/models`) });
  for (const [name, model] of Object.entries({
    logistic: logistic(),
    boosting: gradientBoosting({ numIterations: 100 }),
  })) {
    await trainer.train({ name, data, model, target: { column: 'y', task: 'binary' } });
  }
  await writeFile(`${FOLDER}/row.json`, JSON.stringify(row(1)));
}
