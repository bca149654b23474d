// A profile of a CSV file as a page: the command line as a whole process, beside the profilers of Python.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMixedTable } from './data/mixed-table.mjs';
import { measureProcess } from './harness/measure-process.mjs';
import { pythonPath } from './harness/python-peer.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CLI = `${ROOT}dist/cli.js`;
const PEER = fileURLToPath(new URL('peers/eda.py', import.meta.url));
const DATA = process.env.TABWRIGHT_DATA ?? `${ROOT}../shared/data`;
/** Each tool with its environment, and how often it runs. */
const PEERS = {
  'DuckDB SUMMARIZE': { tool: 'duckdb', environment: 'venv', rounds: 3 },
  'skrub TableReport': { tool: 'skrub', environment: 'venv', rounds: 1 },
  'ydata-profiling minimal': { tool: 'ydata-minimal', environment: 'profile', rounds: 1 },
  'ydata-profiling full': { tool: 'ydata-full', environment: 'profile', rounds: 1 },
};

export const question =
  'How long does a profile of a CSV file take, from the start of the process to the finished page; how much memory at its peak, and how ' +
  'large is the page? Every tool with its own defaults; DuckDB computes bare numbers and draws nothing. Peers that take long run once.';

export async function run({ figure, log }) {
  if (!existsSync(CLI)) throw new Error('eda: run npm run build first');
  const folder = await mkdtemp(join(tmpdir(), 'tabwright-bench-'));
  try {
    for (const [workload, path] of await workloads(log)) await compareTools({ workload, path, folder, figure, log });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function workloads(log) {
  const made = `${ROOT}.cache/bench/load`;
  await writeMixedTable(`${made}/mixed-100k-30.csv`, 100_000, 30);
  await writeMixedTable(`${made}/mixed.csv`, 1_000_000);
  const adult = `${DATA}/adult.csv`;
  if (!existsSync(adult)) log('eda: adult.csv is not here (TABWRIGHT_DATA)');
  const all = [
    ...(existsSync(adult) ? [['adult', adult]] : []),
    ['100k x 30', `${made}/mixed-100k-30.csv`],
    ['1M x 20', `${made}/mixed.csv`],
  ];
  const wanted = process.env.BENCH_WORKLOADS?.split(';');
  return all.filter(([name]) => wanted === undefined || wanted.includes(name));
}

/** Ours before and after every peer, so that a busy minute falls on both. */
async function compareTools({ workload, path, folder, figure, log }) {
  const out = join(folder, 'report.html');
  const ours = [await profileOurs(path, out)];
  const theirs = [];
  for (const [peerName, { tool, environment, rounds }] of Object.entries(PEERS)) {
    const python = pythonPath(environment);
    if (python === undefined) {
      log(`eda: ${peerName} is left out (bash scripts/setup-peers.sh)`);
      continue;
    }
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(await measured(python, [PEER, tool, path, out], out));
      ours.push(await profileOurs(path, out));
    }
    theirs.push({ peerName, runs });
  }
  const n = ours.length;
  if (theirs.length === 0)
    for (const metric of ['time', 'rss', 'size']) figure({ workload, metric, ours: middle(ours, metric), n });
  for (const { peerName, runs } of theirs) {
    for (const metric of ['time', 'rss', 'size']) {
      if (metric === 'size' && peerName.startsWith('DuckDB')) continue;
      figure({ workload, metric, ours: middle(ours, metric), peer: middle(runs, metric), peerName, n: runs.length });
    }
  }
}

function profileOurs(path, out) {
  return measured(process.execPath, [CLI, 'profile', path, '--out', out], out);
}

async function measured(command, args, out) {
  const { time, rss } = await measureProcess(command, args);
  return { time, rss, size: (await stat(out)).size };
}

function middle(runs, metric) {
  const sorted = runs.map((run) => run[metric]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
