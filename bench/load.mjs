// A CSV file of a million rows as typed columns: ours on the threads of this machine, and the readers of Python and of Node.
import { fileURLToPath } from 'node:url';
import { writeMixedTable } from './data/mixed-table.mjs';
import { bundleSource, importSource } from './harness/import-source.mjs';
import { timed } from './harness/interleave.mjs';
import { measureProcess } from './harness/measure-process.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

const FILE = fileURLToPath(new URL('../.cache/bench/load/mixed.csv', import.meta.url));
const PEER = fileURLToPath(new URL('peers/load.py', import.meta.url));
const ARQUERO = fileURLToPath(new URL('peers/load-arquero.mjs', import.meta.url));
const OURS = fileURLToPath(new URL('peers/load-tabwright.mjs', import.meta.url));
const N_ROWS = 1_000_000;
const PEERS = { 'DuckDB to Arrow': 'duckdb', pyarrow: 'pyarrow', polars: 'polars', 'pandas (C engine)': 'pandas' };
const WORKLOAD = 'csv 1M x 20';

export const question =
  'How long does a CSV file of 1M rows x 20 columns (196 MB; numbers, dates, codes, distinct strings, quotes, missing cells) take to ' +
  'become typed columns? Time inside a process that is up, every reader on the threads it takes by itself; peak memory of a whole ' +
  'process that reads the file once.';

export async function run({ compare, figure, version, log }) {
  await writeMixedTable(FILE, N_ROWS);
  const { csv } = await importSource('src/loaders/csv/csv.ts');
  const alternatives = { ours: timed(async () => checkRows(await csv(FILE).load())) };
  const peer = pythonPath() && startPython(PEER);
  if (peer === undefined) log('load: no Python peers (bash scripts/setup-peers.sh)');
  else {
    const versions = await peer.call('versions', { packages: ['duckdb', 'pyarrow', 'polars', 'pandas'] });
    for (const [name, found] of Object.entries(versions)) version(name, found);
    for (const [name, call] of Object.entries(PEERS)) alternatives[name] = () => pythonTime(peer, call);
  }
  try {
    await compare(WORKLOAD, alternatives, { rounds: 5, warmup: 1 });
  } finally {
    await peer?.end();
  }
  await wholeProcesses(figure, await bundleSource('src/loaders/csv/csv.ts'));
}

function checkRows({ data }) {
  if (data.numRows() !== N_ROWS) throw new Error(`load: ${data.numRows()} rows are not ${N_ROWS}`);
  return data;
}

async function pythonTime(peer, call) {
  const { time, n_rows: nRows } = await peer.call(call, { path: FILE });
  if (nRows !== N_ROWS) throw new Error(`load: ${call} read ${nRows} rows`);
  return { time };
}

/** Every reader once in a process of its own: peak memory, and for arquero, which takes long, the time too. */
async function wholeProcesses(figure, bundle) {
  const ours = await measureProcess(process.execPath, [OURS, bundle, FILE]);
  const arquero = await measureProcess(process.execPath, ['--max-old-space-size=8192', ARQUERO, FILE]);
  const workload = `${WORKLOAD}, whole process`;
  for (const metric of ['time', 'rss']) {
    figure({ workload, metric, ours: ours[metric], peer: arquero[metric], peerName: 'arquero fromCSV', n: 1 });
  }
  if (pythonPath() === undefined) return;
  for (const [peerName, call] of Object.entries(PEERS)) {
    const env = { PYTHONPATH: fileURLToPath(new URL('harness', import.meta.url)) };
    const input = `${JSON.stringify({ name: call, args: { path: FILE } })}\n`;
    const { rss } = await measureProcess('/bin/sh', ['-c', 'exec "$0" "$1" 3>/dev/null', pythonPath(), PEER], {
      env,
      input,
    });
    figure({ workload, metric: 'rss', ours: ours.rss, peer: rss, peerName, n: 1 });
  }
}
