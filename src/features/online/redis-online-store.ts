// An online store in Redis, over a client that the caller made and closes: no package of ours is needed.

import type { OnlineEntry, OnlineStore } from '../../core/online-store.js';
import type { OptionsInput } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';

/** The part of a Redis client that is used; a client of the package `redis` fits as it is. */
export interface RedisClient {
  /** Sends one command: `sendCommand(['GET', 'key'])`. */
  sendCommand(args: string[]): Promise<unknown>;
}

/** Options of {@link redisOnlineStore}. */
export const redisOnlineStoreOptions = optionsTable('redisOnlineStore', {
  prefix: { type: 'string', default: 'tabwright', doc: 'First part of every key, before a colon.' },
});

/** What {@link redisOnlineStore} takes beside the client. */
export type RedisOnlineStoreOptions = OptionsInput<typeof redisOnlineStoreOptions>;

/** Commands under way at once; a client sends those of one turn together. */
const BATCH = 1000;

/**
 * An online store in Redis (version 6.2 or later), a string a key: `prefix:namespace:key`. Entries expire in Redis itself.
 * @param client connected; its life is the caller's. With ioredis: `{ sendCommand: ([name, ...args]) => redis.call(name, ...args) }`.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const client = await createClient({ url: 'redis://127.0.0.1:6379' }).connect();
 * const store = createFeatureStore({ dir: './features', views, online: redisOnlineStore(client) });
 */
export function redisOnlineStore(client: RedisClient, options?: RedisOnlineStoreOptions): OnlineStore {
  const { prefix } = resolveOptions(redisOnlineStoreOptions, options);
  const send = async (args: string[]): Promise<unknown> => {
    try {
      return await client.sendCommand(args);
    } catch (cause) {
      throw new TabwrightError('STORAGE_FAILED', `redis: ${args[0]} failed`, { cause });
    }
  };
  return {
    async write(namespace, entries) {
      let batch: Promise<unknown>[] = [];
      for (const [key, entry] of entries) {
        batch.push(send(command(`${prefix}:${namespace}:${key}`, entry)));
        if (batch.length < BATCH) continue;
        await Promise.all(batch);
        batch = [];
      }
      await Promise.all(batch);
    },
    async read(namespace, keys) {
      if (keys.length === 0) return [];
      const reply = await send(['MGET', ...keys.map((key) => `${prefix}:${namespace}:${key}`)]);
      if (!Array.isArray(reply) || reply.length !== keys.length) {
        throw new TabwrightError('STORAGE_FAILED', 'redis: MGET must give a list with a reply a key');
      }
      return reply.map((value: unknown) => (value === null ? undefined : String(value)));
    },
  };
}

function command(key: string, entry: OnlineEntry | null): string[] {
  if (entry === null) return ['DEL', key];
  const { value, keepUntil } = entry;
  return keepUntil === undefined ? ['SET', key, value] : ['SET', key, value, 'PXAT', String(Math.ceil(keepUntil))];
}
