// A Parquet file of a million rows as typed columns, and such a table as a file: ours on the threads of this machine, hyparquet, and
// the readers and writers of Python.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asyncBufferFromFile, parquetRead } from 'hyparquet';
import { writeMixedTable } from './data/mixed-table.mjs';
import { bundleSource, importSource } from './harness/import-source.mjs';
import { timed } from './harness/interleave.mjs';
import { measureProcess } from './harness/measure-process.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

const FOLDER = fileURLToPath(new URL('../.cache/bench/load/', import.meta.url));
const CSV = `${FOLDER}mixed.csv`;
const FILE = `${FOLDER}mixed.parquet`;
const PEER = fileURLToPath(new URL('peers/load_parquet.py', import.meta.url));
const OURS = fileURLToPath(new URL('peers/load-parquet-tabwright.mjs', import.meta.url));
const N_ROWS = 1_000_000;
const READERS = { 'DuckDB to Arrow': 'duckdb', pyarrow: 'pyarrow', polars: 'polars', pandas: 'pandas' };
const WORKLOAD = 'parquet 1M x 20';

export const question =
  'How long does a Parquet file of 1M rows x 20 columns (81 MB, snappy, one row group, written by pyarrow; the table of the CSV ' +
  'benchmark) take to become typed columns, and the columns to become such a file? Time inside a process that is up, everybody on ' +
  'the threads it takes by itself; peak memory of a whole process that reads the file once.';

export async function run({ compare, figure, version, log }) {
  await writeMixedTable(CSV, N_ROWS);
  // One bundle: columns are known by their classes.
  const { csv, parquet, writeParquet } = await importSource('src/index.ts');
  const peer = pythonPath() && startPython(PEER);
  const read = { ours: timed(async () => checkRows((await parquet(FILE).load()).data)) };
  const out = `${FOLDER}written.parquet`;
  try {
    if (peer === undefined) log('load-parquet: no Python peers (bash scripts/setup-peers.sh)');
    await makeFile({ peer, csv, writeParquet });
    const { data } = await parquet(FILE).load();
    const write = { ours: timed(() => writeParquet(out, data)) };
    if (peer !== undefined) {
      const versions = await peer.call('versions', { packages: ['duckdb', 'pyarrow', 'polars', 'pandas'] });
      for (const [name, found] of Object.entries(versions)) version(name, found);
      for (const [name, call] of Object.entries(READERS)) read[name] = () => pythonTime(peer, call);
      const theirs = { path: FILE, out: `${FOLDER}written-pyarrow.parquet` };
      write.pyarrow = async () => ({ time: (await peer.call('write_pyarrow', theirs)).time });
    }
    read['hyparquet, columns'] = timed(readByHyparquet);
    await compare(WORKLOAD, read, { rounds: 5, warmup: 1 });
    await compare(`${WORKLOAD}, write`, write, { rounds: 3, warmup: 1 });
    figure({ workload: `${WORKLOAD}, write`, metric: 'bytes', ours: statSync(out).size, n: 1 });
  } finally {
    await peer?.end();
  }
  await wholeProcesses(figure, await bundleSource('src/loaders/parquet/parquet.ts'));
}

/** Writes the file that is read: by pyarrow where it is there, in its own types. */
async function makeFile({ peer, csv, writeParquet }) {
  if (statSync(FILE, { throwIfNoEntry: false }) !== undefined) return;
  if (peer !== undefined) {
    await peer.call('make', { csv: CSV, path: FILE });
    return;
  }
  await writeParquet(FILE, (await csv(CSV).load()).data, { rowGroupRows: 1_048_576 });
}

function checkRows(data) {
  if (data.numRows() !== N_ROWS) throw new Error(`load-parquet: ${data.numRows()} rows are not ${N_ROWS}`);
  return data;
}

async function readByHyparquet() {
  let nCells = 0;
  const onChunk = ({ columnData }) => {
    nCells += columnData.length;
  };
  await parquetRead({ file: await asyncBufferFromFile(FILE), onChunk });
  if (nCells !== 20 * N_ROWS) throw new Error(`load-parquet: hyparquet read ${nCells} cells`);
}

async function pythonTime(peer, call) {
  const { time, n_rows: nRows } = await peer.call(call, { path: FILE });
  if (nRows !== N_ROWS) throw new Error(`load-parquet: ${call} read ${nRows} rows`);
  return { time };
}

/** Every reader once in a process of its own: peak memory. */
async function wholeProcesses(figure, bundle) {
  const ours = await measureProcess(process.execPath, [OURS, bundle, FILE]);
  const workload = `${WORKLOAD}, whole process`;
  figure({ workload, metric: 'time', ours: ours.time, n: 1 });
  if (pythonPath() === undefined) return;
  for (const [peerName, call] of Object.entries(READERS)) {
    const env = { PYTHONPATH: fileURLToPath(new URL('harness', import.meta.url)) };
    const input = `${JSON.stringify({ name: call, args: { path: FILE } })}\n`;
    const command = ['-c', 'exec "$0" "$1" 3>/dev/null', pythonPath(), PEER];
    const { rss } = await measureProcess('/bin/sh', command, { env, input });
    figure({ workload, metric: 'rss', ours: ours.rss, peer: rss, peerName, n: 1 });
  }
}
