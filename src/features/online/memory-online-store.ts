import type { OnlineEntry, OnlineStore } from '../../core/online-store.js';
import { applyEntries, dropExpired } from './online-entries.js';

/** An online store that lives and ends with the process: the fastest one. Entries past `keepUntil` go at the next write. */
export function memoryOnlineStore(): OnlineStore {
  const namespaces = new Map<string, Map<string, OnlineEntry>>();
  return {
    async write(namespace, entries) {
      const held = namespaces.get(namespace) ?? new Map<string, OnlineEntry>();
      namespaces.set(namespace, held);
      applyEntries(held, entries);
      dropExpired(held);
    },
    async read(namespace, keys) {
      const held = namespaces.get(namespace);
      return keys.map((key) => held?.get(key)?.value);
    },
  };
}
