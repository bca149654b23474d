import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importSource } from './harness/import-source.mjs';
import { timed } from './harness/interleave.mjs';
import { pythonPath, startPython } from './harness/python-peer.mjs';

export const question =
  'How long do point-in-time features take, 1 M events by 100 k labels: the last value before each label (an ASOF join), and count, sum, mean and distinct over 30 days?';

const { defineView, buildTrainingSet, makeTable, DateColumn, createRandom } = await importSource('src/index.ts');

const N_EVENTS = 1_000_000;
const N_LABELS = 100_000;
const N_ENTITIES = 20_000;
const SPAN_MS = 365 * 86_400_000;
const KINDS = 12;

const source = { sources: { events: { time: 'time' } }, entity: 'entity' };
const VIEWS = {
  asof: defineView({
    ...source,
    features: { value: { from: 'events', take: 'last', column: 'value', type: 'number' } },
  }),
  windows: defineView({
    ...source,
    features: {
      count: { from: 'events', take: 'count', days: 30 },
      sum: { from: 'events', take: 'sum', column: 'value', days: 30 },
      mean: { from: 'events', take: 'mean', column: 'value', days: 30 },
      kinds: { from: 'events', take: 'distinct', column: 'kind', days: 30 },
    },
  }),
};

export async function run({ compare, figure, version, log }) {
  const { events, labels } = madeTables();
  const folder = await mkdtemp(join(tmpdir(), 'tabwright-bench-'));
  const peer = pythonPath() && startPython(fileURLToPath(new URL('peers/asof.py', import.meta.url)));
  if (peer) {
    version('duckdb', (await peer.call('versions', { packages: ['duckdb'] })).duckdb);
    await writeColumns(folder, { events, labels });
    await peer.call('load', { folder, threads: availableParallelism() });
  }
  for (const [name, view] of Object.entries(VIEWS)) {
    let set;
    await compare(name, {
      ours: timed(async () => {
        set = await buildTrainingSet(view, { table: labels, time: 'time', label: 'label' }, { events });
      }),
      ...(peer && { DuckDB: async () => ({ time: (await peer.call('query', { name, folder })).time }) }),
    });
    if (!peer) continue;
    const apart = await cellsApart(set, view, folder);
    figure({ workload: name, metric: 'cells that differ', ours: apart, n: 1 });
    if (apart > 0) log(`${name}: ${apart} cells differ from DuckDB's`);
  }
  await peer?.end();
  await rm(folder, { recursive: true });
}

/** Events in order of time, as a log has them; no two of one entity at one time decide a value. */
function madeTables() {
  const random = createRandom(11);
  const numbers = (n, draw) => Float64Array.from({ length: n }, draw);
  const events = makeTable([
    ['entity', numbers(N_EVENTS, () => random.integer(N_ENTITIES))],
    ['time', new DateColumn(numbers(N_EVENTS, (_, i) => Math.floor((i / N_EVENTS) * SPAN_MS)))],
    ['value', numbers(N_EVENTS, () => random.integer(100_000) / 100)],
    ['kind', numbers(N_EVENTS, () => random.integer(KINDS))],
  ]);
  const labels = makeTable([
    ['entity', numbers(N_LABELS, () => random.integer(N_ENTITIES))],
    ['time', new DateColumn(numbers(N_LABELS, () => random.integer(365 * 86_400) * 1000))],
    ['label', numbers(N_LABELS, () => random.integer(2))],
  ]);
  return { events, labels };
}

async function writeColumns(folder, tables) {
  for (const [table, { columns }] of Object.entries(tables).map(([name, data]) => [name, { columns: data.data() }])) {
    for (const [name, column] of Object.entries(columns)) {
      await writeFile(join(folder, `${table}.${name}.f64`), new Uint8Array((column.epochMs ?? column).buffer));
    }
  }
}

/** Cells that differ by more than the rounding of DuckDB's own sums. */
async function cellsApart(set, view, folder) {
  let apart = 0;
  for (const { name } of view.features) {
    const ours = set.array(name);
    const { buffer } = new Uint8Array(await readFile(join(folder, `${name}.out`)));
    const theirs = new Float64Array(buffer);
    if (theirs.length !== ours.length) throw new Error(`${name}: ${theirs.length} rows, not ${ours.length}`);
    for (let row = 0; row < ours.length; row++) {
      const distance = Math.abs(ours[row] - theirs[row]);
      const same = Number.isNaN(theirs[row])
        ? Number.isNaN(ours[row])
        : distance <= 1e-9 * Math.max(1, Math.abs(theirs[row]));
      if (!same) apart += 1;
    }
  }
  return apart;
}
