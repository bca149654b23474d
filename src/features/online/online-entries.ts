// What the online stores that hold entries in memory do with them.
import type { OnlineEntry } from '../../core/online-store.js';

/** Replaces entries by key, or removes them where null, in place. */
export function applyEntries(
  held: Map<string, OnlineEntry>,
  entries: Iterable<readonly [string, OnlineEntry | null]>,
): void {
  for (const [key, entry] of entries) {
    if (entry === null) held.delete(key);
    else held.set(key, entry);
  }
}

/** Removes what need not be kept any more, in place. */
export function dropExpired(held: Map<string, OnlineEntry>): void {
  const now = Date.now();
  for (const [key, { keepUntil }] of held) if (keepUntil !== undefined && keepUntil <= now) held.delete(key);
}
