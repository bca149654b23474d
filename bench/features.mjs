import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { importSource } from './harness/import-source.mjs';
import { timed } from './harness/interleave.mjs';
import { quantile } from './harness/median.mjs';

const N_ENTITIES = 100_000;
const N_EVENTS = 1_000_000;
const N_LOOKUPS = 20_000;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const REDIS_PORT = 16_381;

export const question =
  'How long does looking up one of 100,000 entities by 20 features take, in memory, from files and from Redis on the same machine? ' +
  'And how long do a new version of a day more and bringing it online take against doing all of it again?';

const {
  createFeatureStore,
  createRandom,
  DateColumn,
  defineView,
  fileOnlineStore,
  makeTable,
  memoryOnlineStore,
  redisOnlineStore,
} = await importSource('src/index.ts');

const view = defineView({
  entity: 'entity',
  sources: { events: { time: 'time' } },
  features: Object.fromEntries(
    [1, 7, 30, 90].flatMap((days) => [
      [`count${days}`, { from: 'events', take: 'count', days }],
      [`active${days}`, { from: 'events', take: 'activeDays', days }],
      [`sum${days}`, { from: 'events', take: 'sum', column: 'value', days }],
      [`mean${days}`, { from: 'events', take: 'mean', column: 'value', days }],
      [`last${days}`, { from: 'events', take: 'last', column: 'value', type: 'number', days }],
    ]),
  ),
});

export async function run(context) {
  const folder = await mkdtemp(join(tmpdir(), 'tabwright-bench-'));
  const redis = await startRedis(folder, context);
  const onlines = {
    ours: memoryOnlineStore(),
    files: fileOnlineStore(join(folder, 'online')),
    ...(redis && { Redis: redisOnlineStore(redis.client) }),
  };
  const open = (online, name = 'store') =>
    createFeatureStore({ dir: join(folder, name), views: { entities: view }, online });
  try {
    await compareBuilds(context, open);
    await open(onlines.ours).build('entities', madeTables(), { at: new Date(START + 100 * DAY_MS) });
    const alternatives = {};
    for (const [name, online] of Object.entries(onlines)) {
      const store = open(online);
      await store.materialise('entities');
      alternatives[name] = () => lookups(store);
    }
    await context.compare('one entity', alternatives);
  } finally {
    await redis?.stop();
    await rm(folder, { recursive: true });
  }
}

/** Times of single look-ups, one after another, of entities drawn at random. */
async function lookups(store) {
  const random = createRandom(5);
  const seconds = new Float64Array(N_LOOKUPS);
  for (let i = 0; i < N_LOOKUPS; i++) {
    const entity = random.integer(N_ENTITIES);
    const start = process.hrtime.bigint();
    await store.get('entities', entity);
    seconds[i] = Number(process.hrtime.bigint() - start) / 1e9;
  }
  return { p50: quantile(seconds, 0.5), p99: quantile(seconds, 0.99) };
}

/** Each turn adds ten days of 10,000 entities to a store that has ten earlier ones, or builds all of them again. */
async function compareBuilds({ compare }, open) {
  const tables = madeTables();
  const moments = (days) => {
    const rows = days.flatMap((day) =>
      Array.from({ length: 10_000 }, (_, i) => [day * 10_000 + i, START + (90 + day) * DAY_MS]),
    );
    const table = makeTable([
      ['entity', Float64Array.from(rows, ([entity]) => entity)],
      ['time', new DateColumn(Float64Array.from(rows, ([, time]) => time))],
    ]);
    return { moments: { table, time: 'time' }, until: new Date(START + 365 * DAY_MS) };
  };
  const days = Array.from({ length: 10 }, (_, day) => day);
  let turn = 0;
  let store;
  const prepare = async () => {
    store = open(memoryOnlineStore(), `builds-${turn++}`);
    await store.build('entities', tables, moments(days.slice(0, 9)));
    await store.materialise('entities');
  };
  await compare('a day more, build and materialise', {
    ours: timed(async () => {
      await store.build('entities', tables, moments(days));
      await store.materialise('entities');
    }, prepare),
    'in full': timed(async () => {
      await store.build('entities', tables, { ...moments(days), full: true });
      await store.materialise('entities');
    }, prepare),
  });
}

function madeTables() {
  const random = createRandom(3);
  const numbers = (draw) => Float64Array.from({ length: N_EVENTS }, draw);
  const events = makeTable([
    ['entity', numbers((_, i) => (i < N_ENTITIES ? i : random.integer(N_ENTITIES)))],
    ['time', new DateColumn(numbers(() => START + random.integer(100 * 86_400) * 1000))],
    ['value', numbers(() => random.integer(100_000) / 100)],
  ]);
  return { events };
}

/** A Redis of its own, ended by its process; undefined where there is none. */
async function startRedis(folder, { log, version }) {
  const args = ['--port', String(REDIS_PORT), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  const failed = await Promise.race([once(child, 'error'), once(child, 'spawn').then(() => undefined)]).catch(
    (error) => error,
  );
  if (failed) {
    log('features: there is no redis-server (bash scripts/setup-peers.sh)');
    return undefined;
  }
  const client = createClient({ socket: { port: REDIS_PORT, host: '127.0.0.1' } });
  client.on('error', () => {});
  await client.connect();
  version('Redis', /redis_version:(\S+)/.exec(await client.info('server'))?.[1]);
  const stop = async () => {
    await client.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { client, stop };
}
