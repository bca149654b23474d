// A file of rows scored to another file, from the start of the process to its end: our command, and pandas with LightGBM.
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { importSource } from './harness/import-source.mjs';
import { measureProcess } from './harness/measure-process.mjs';
import { pythonPath } from './harness/python-peer.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const FOLDER = path('../.cache/bench/batch/');
const PEER = path('peers/batch.py');
const CLI = `${FOLDER}cli/main.mjs`;
const MODEL = `${FOLDER}model.txt`;

export const question =
  'How long does it take to score a file to a file, as a whole process, by 100 trees of 31 leaves on 28 numeric features? Ours is ' +
  '`tabwright predict`; the peer is a script that reads with pandas, predicts with LightGBM (its own choice of threads) and writes ' +
  'with pandas; both write the scores, or all columns with them. Scores are checked to agree. Peak memory by number of rows: CSV, ' +
  'and Parquet of 100,000 rows a row group.';

export async function run({ compare, figure, version, log }) {
  const python = pythonPath();
  if (python === undefined) {
    log('batch: needs pandas and LightGBM (bash scripts/setup-peers.sh)');
    return;
  }
  await mkdir(FOLDER, { recursive: true });
  const { stdout } = await measureProcess(python, [PEER, 'prepare', FOLDER]);
  for (const [name, found] of Object.entries(JSON.parse(stdout))) version(name, found);
  await buildCommand();
  const registry = await registerModel();
  const ours =
    (data, out, ...flags) =>
    () =>
      predict(registry, ['--data', FOLDER + data, '--out', FOLDER + out, ...flags]);
  const theirs =
    (data, out, ...flags) =>
    () =>
      shown(measureProcess(python, [PEER, 'score', FOLDER, data, out, ...flags]));

  await compareFiles(compare, 'csv 200k', ['rows-200k.csv', 'csv'], { ours, theirs });
  await compareFiles(compare, 'csv 200k, all columns written', ['rows-200k.csv', 'csv', '--with-columns'], {
    ours,
    theirs,
  });
  await compareFiles(compare, 'parquet 1M', ['rows-1m.parquet', 'parquet'], { ours, theirs });
  for (const [name, millions] of [
    ['1M', 1],
    ['10M', 10],
  ]) {
    const rows = await repeatCsv(5 * millions, `rows-${name}.csv`);
    const csv = await ours(rows, 'long.csv')();
    figure({ workload: `csv ${name}`, metric: 'rss', ours: csv.rss, n: 1 });
    figure({ workload: `csv ${name}`, metric: 'time', ours: csv.time, n: 1 });
    const parquet = await ours(`groups-${name.toLowerCase()}.parquet`, 'long.parquet')();
    figure({ workload: `parquet ${name}`, metric: 'rss', ours: parquet.rss, n: 1 });
  }
}

/** Both sides score the same file; the scores must agree before the times count. */
async function compareFiles(compare, workload, [data, extension, ...flags], { ours, theirs }) {
  const [our, their] = [`ours.${extension}`, `theirs.${extension}`];
  await ours(data, our, ...flags)();
  await theirs(data, their, ...flags)();
  await measureProcess(pythonPath(), [PEER, 'check', FOLDER, our, their]);
  const sides = { ours: ours(data, our, ...flags), 'pandas + LightGBM': theirs(data, their, ...flags) };
  await compare(workload, sides, { rounds: 3, warmup: 0 });
}

function predict(registry, flags) {
  return shown(
    measureProcess(process.execPath, [CLI, 'predict', '--model', 'bench', '--registry', registry, ...flags]),
  );
}

async function shown(measured) {
  const { time, rss } = await measured;
  return { time, rss };
}

/** The command as it is published: one chunk a command, packages outside. */
function buildCommand() {
  return build({
    entryPoints: [path('../src/cli/main.ts')],
    outdir: dirname(CLI),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
}

async function registerModel() {
  const registry = `${FOLDER}models-${(await stat(MODEL)).mtimeMs}`;
  if (existsSync(registry)) return registry;
  const { readModelFile } = await importSource('src/models/read-model-file.ts');
  const { importModel } = await importSource('src/bundle/import-model.ts');
  const { fileRegistry } = await importSource('src/registry/file-registry.ts');
  const files = importModel(await readModelFile(await readFile(MODEL)), { createdAt: '2026-01-01T00:00:00Z' });
  await fileRegistry(registry).put('bench', files);
  return registry;
}

/** The rows of the CSV file so many times over. */
async function repeatCsv(times, name) {
  const file = FOLDER + name;
  if (existsSync(file)) return name;
  const source = `${FOLDER}rows-200k.csv`;
  const header = (await readFile(source)).indexOf(10) + 1;
  await writeFile(`${file}.part`, pieces(source, header, times));
  await rename(`${file}.part`, file);
  return name;
}

async function* pieces(source, header, times) {
  yield* createReadStream(source, { end: header - 1 });
  for (let i = 0; i < times; i++) yield* createReadStream(source, { start: header });
}
