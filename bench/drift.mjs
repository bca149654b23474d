// Drift of a table: against a saved reference beside Evidently's preset, and of raw samples beside scipy's tests.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importSource } from './harness/import-source.mjs';
import { timed } from './harness/interleave.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

const FOLDER = fileURLToPath(new URL('../.cache/bench/drift/', import.meta.url));
const N_ROWS = 100_000;
const N_NUMERIC = 14;
const CATEGORIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
/** Columns that move, and by how much: standard deviations of numbers, the exponent of the draw of categories. */
const SHIFTS = { n0: 0.2, n1: 0.15, n2: 0.05, n3: 0.03, c0: 1.4, c1: 1.1, c2: 1.05 };

export const question =
  'How long does drift of 20 columns (14 of numbers, 6 of categories, 7 of them truly shifted) take? Computing only, with the tables ' +
  "in memory: the report of 100k current rows against the saved reference beside Evidently's DataDriftPreset, binning of the current " +
  "rows included; and the exact tests of 100k rows against 100k beside scipy's ks_2samp and chisquare alone. A row as an object and as " +
  'a row of a table into the window of a stream, of 28 columns of numbers.';

export async function run({ compare, figure, version }) {
  const { createRandom } = await importSource('src/core/random.ts');
  const drift = await importSource('src/index.ts');
  const random = createRandom(17);
  const [train, current] = [makeColumns(random, {}), makeColumns(random, SHIFTS)];
  const [samples, table] = [makeTable(drift, train), makeTable(drift, current)];
  const fields = samples
    .columnNames()
    .map((name) => ({ name, type: name[0] === 'n' ? 'number' : 'string', nullable: true }));
  const reference = drift.driftReference(samples, { fields });
  const peer = await startPeer(train, current);
  const versions = (await peer?.call('versions', { packages: ['evidently', 'scipy'] })) ?? {};
  for (const name of ['evidently', 'scipy']) if (versions[name]) version(name, versions[name]);

  const call = (name) => peer && { [name]: async () => ({ time: (await peer.call(name)).time }) };
  await compare('reference 100k x 20', {
    ours: timed(() => drift.detectDrift({ reference, current: table })),
    ...call('evidently'),
  });
  const exact = {
    reference,
    current: table,
    samples,
    numericMeasure: 'kolmogorov-smirnov',
    categoricalMeasure: 'chi-squared',
  };
  await compare('samples 100k x 20', { ours: timed(() => drift.detectDrift(exact)), ...call('scipy') });
  await compare('make the reference, 100k x 20', { ours: timed(() => drift.driftReference(samples, { fields })) });
  await peer?.end();
  flagged(drift, { reference, table, exact }, figure);
  await compareWindow(drift, random, figure);
}

/** Columns as typed arrays by name: numbers, and codes of categories. */
function makeColumns(random, shifts) {
  const columns = {};
  for (let i = 0; i < N_NUMERIC; i++) {
    const shift = shifts[`n${i}`] ?? 0;
    columns[`n${i}`] = Float64Array.from({ length: N_ROWS }, () => random.normal() + shift);
  }
  for (let i = 0; i < 20 - N_NUMERIC; i++) {
    const exponent = shifts[`c${i}`] ?? 1;
    columns[`c${i}`] = Int32Array.from({ length: N_ROWS }, () =>
      Math.floor(CATEGORIES.length * random.next() ** exponent),
    );
  }
  return columns;
}

function makeTable({ makeTable: table, DictionaryColumn }, columns) {
  const typed = Object.entries(columns).map(([name, values]) => {
    return [name, values instanceof Int32Array ? new DictionaryColumn(values, CATEGORIES) : values];
  });
  return table(typed);
}

async function startPeer(train, current) {
  if (pythonPath('drift') === undefined) return undefined;
  await mkdir(FOLDER, { recursive: true });
  for (const [name, columns] of Object.entries({ train, current }))
    for (const [column, values] of Object.entries(columns)) await writeFile(`${FOLDER}${name}-${column}.bin`, values);
  const script = fileURLToPath(new URL('peers/drift.py', import.meta.url));
  return startPython(script, { args: [FOLDER], environment: 'drift' });
}

function flagged({ detectDrift }, { reference, table, exact }, figure) {
  const n = 7;
  const found = (request) => detectDrift(request).drifted.count;
  figure({
    workload: 'reference 100k x 20',
    metric: 'columns called drifted',
    ours: found({ reference, current: table }),
    n,
  });
  figure({ workload: 'samples 100k x 20', metric: 'columns called drifted', ours: found(exact), n });
}

/** Nanoseconds a row of 28 numbers into the window of a stream. */
async function compareWindow({ driftReference, driftWindow, makeTable: table }, random, figure) {
  const names = Array.from({ length: 28 }, (_, i) => `feature_${i}`);
  const columns = names.map((name) => [name, Float64Array.from({ length: N_ROWS }, () => random.normal())]);
  const data = table(columns);
  const fields = names.map((name) => ({ name, type: 'number', nullable: true }));
  const reference = driftReference(data, { fields });
  const rows = Array.from({ length: 20_000 }, (_, i) => rowOf(columns, i));
  const time = (work, nRows) => {
    const times = [];
    for (let round = 0; round < 9; round++) {
      const window = driftWindow(reference, { rows: 10_000 });
      const start = process.hrtime.bigint();
      work(window);
      times.push(Number(process.hrtime.bigint() - start) / nRows);
    }
    return times.sort((a, b) => a - b)[4];
  };
  const workload = 'window, 28 numbers a row';
  figure({
    workload,
    metric: 'nanoseconds a row object',
    ours: time((window) => addRows(window, rows), rows.length),
    n: 9,
  });
  figure({
    workload,
    metric: 'nanoseconds a row of a table',
    ours: time((window) => window.addTable(data), N_ROWS),
    n: 9,
  });
}

function addRows(window, rows) {
  for (const row of rows) window.add(row);
}

function rowOf(columns, i) {
  return Object.fromEntries(columns.map(([name, values]) => [name, values[i]]));
}
