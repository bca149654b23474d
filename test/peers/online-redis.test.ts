// The online store in a real Redis, through the real client; the feature store over it gives what the one in memory gives.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryOnlineStore } from '../../src/features/online/memory-online-store.js';
import { redisOnlineStore } from '../../src/features/online/redis-online-store.js';
import { createFeatureStore } from '../../src/features/store/feature-store.js';
import { checkOnlineStore } from '../../src/testing/check-online-store.js';
import { instant, sourceTables, view } from '../features/naive-features.js';
import { type ChildServer, childServer } from './child-server.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const PEOPLE = ['ann', 'bob', 'cem', 'dee', 'eve'];
const events = PEOPLE.flatMap((who, i) =>
  Array.from({ length: 20 }, (_, eighths) => ({
    who,
    eighths,
    action: 'abc'[i % 3] ?? null,
    amount: i / 8,
    paid: true,
  })),
);

describe.skipIf(!hasRedis)('the online store in Redis (skipped: there is no redis-server)', () => {
  let folder = '';
  let server: ChildServer;
  const connected: { close(): unknown }[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redis-'));
    server = await childServer((port) => [
      'redis-server',
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    ]);
  });
  afterAll(async () => {
    for (const client of connected) await client.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function client() {
    const made = createClient({ url: `redis://127.0.0.1:${server.port}` });
    await made.connect();
    connected.push(made);
    return made;
  }

  test('keeps its promises', async () => {
    const redis = await client();
    await checkOnlineStore(() => redisOnlineStore(redis));
  });

  test('lets entries expire, and keeps prefixes apart', async () => {
    const redis = await client();
    const [first, second] = [redisOnlineStore(redis, { prefix: 'a' }), redisOnlineStore(redis, { prefix: 'b' })];
    await first.write('n', [['k', { value: '1', keepUntil: Date.now() + 60_000 }]]);
    expect(await redis.pTTL('a:n:k')).toBeGreaterThan(0);
    expect(await redis.pTTL('a:n:k')).toBeLessThanOrEqual(60_000);
    expect(await second.read('n', ['k'])).toEqual([undefined]);
    await first.write('n', [['k', { value: '1', keepUntil: 1 }]]);
    expect(await first.read('n', ['k'])).toEqual([undefined]);
  });

  test('gives the features that the store in memory gives', async () => {
    const redis = await client();
    const stores = [memoryOnlineStore(), redisOnlineStore(redis, { prefix: 'parity' })].map((online) =>
      createFeatureStore({ dir: join(folder, 'features'), views: { people: view }, online }),
    );
    await stores[0]?.build('people', sourceTables(events), { at: new Date(instant(10)) });
    const rows = [];
    for (const store of stores) {
      await store.materialise('people');
      rows.push(await Promise.all(PEOPLE.map((who) => store.get('people', who))));
    }
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[0]?.map(({ all }) => all)).toEqual([10, 10, 10, 10, 10]);
    await expect(stores[1]?.get('people', 'nobody')).rejects.toMatchObject({ code: 'FEATURES_NOT_FOUND' });
  });

  test('says that Redis failed, without the keys', async () => {
    const made = createClient({ url: `redis://127.0.0.1:${server.port}` });
    await made.connect();
    await made.close();
    await expect(redisOnlineStore(made).read('n', ['secret'])).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: 'redis: MGET failed',
    });
  });
});
