// An online store in a directory: numbered segments of changes, each published by one rename, read into memory. There is no
// lock, no torn tail to repair and no half-written batch; many segments are merged into one that covers them.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory } from '../../core/durable-files.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { listNumbers, publishDirectory } from '../../core/numbered-directories.js';
import type { OnlineEntry, OnlineStore } from '../../core/online-store.js';
import { type OptionsInput, optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { withStaging } from '../../core/staging.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { takeTurn } from '../../core/take-turn.js';
import { applyEntries, dropExpired } from './online-entries.js';
import { type Change, readChanges, readHeader, writeSegment } from './online-segment.js';

/** Options of {@link fileOnlineStore}. */
export const fileOnlineStoreOptions = optionsTable('fileOnlineStore', {
  refreshMs: {
    type: 'integer',
    min: 0,
    default: 1000,
    doc: 'How long reads may go without looking for what other processes wrote, in milliseconds.',
  },
});

/** What {@link fileOnlineStore} takes beside the directory. */
export type FileOnlineStoreOptions = OptionsInput<typeof fileOnlineStoreOptions>;

const BUSY_TIMEOUT_MS = 10_000;
/** Segments are merged where there are so many, or fewer of which half of the lines or more are replaced by later ones. */
const MAX_SEGMENTS = 256;
const MAX_REPLACED_SEGMENTS = 16;
const NAMESPACE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * An online store in a directory, which is made by the first write. Everything read is held in memory; any number of
 * processes may use the directory at once.
 * @param directory relative to the working directory at the time of this call
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function fileOnlineStore(directory: string, options?: FileOnlineStoreOptions): OnlineStore {
  if (directory === '') throw new TabwrightError('OPTION_INVALID', 'fileOnlineStore: directory must not be empty');
  const { refreshMs } = resolveOptions(fileOnlineStoreOptions, options);
  const root = resolve(directory);
  const namespaces = new Map<string, Namespace>();
  const open = (name: string): Namespace => {
    if (!NAMESPACE.test(name)) {
      const rule = 'must be 1 to 200 letters, digits, ".", "_" or "-", starting with a letter or digit';
      throw new TabwrightError('NAME_INVALID', `online store: namespace ${rule}`);
    }
    const known = namespaces.get(name) ?? new Namespace(root, name);
    namespaces.set(name, known);
    return known;
  };
  return {
    write: async (namespace, entries) => open(namespace).write(entries),
    async read(namespace, keys) {
      const held = await open(namespace).held(refreshMs);
      return keys.map((key) => held.get(key)?.value);
    },
  };
}

class Namespace {
  private readonly root: string;
  private readonly path: string;
  private readonly entries = new Map<string, OnlineEntry>();
  /** The number of the last segment that is in `entries`. */
  private last = 0;
  /** How many lines made `entries`. */
  private nLines = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(root: string, name: string) {
    this.root = root;
    this.path = join(root, name);
  }

  async held(refreshMs: number): Promise<ReadonlyMap<string, OnlineEntry>> {
    if (performance.now() - this.lookedAt >= refreshMs) await this.look();
    return this.entries;
  }

  async write(changes: Iterable<Change>): Promise<void> {
    await makeDirectory(this.path);
    await this.publish(changes, 0);
    await this.look();
    const nSegments = (await listNumbers(this.path))?.length ?? 0;
    const isReplaced = this.nLines > 2 * this.entries.size;
    if (nSegments > MAX_SEGMENTS || (nSegments > MAX_REPLACED_SEGMENTS && isReplaced)) await this.merge();
  }

  private async publish(changes: Iterable<Change>, covers: number): Promise<void> {
    await withStaging(this.root, async (stage) => {
      const staged = join(stage, 'segment');
      await writeSegment(staged, changes, covers);
      await takeTurn(this.path, BUSY_TIMEOUT_MS, async () => {
        const next = ((await listNumbers(this.path))?.at(-1) ?? 0) + 1;
        return (await publishDirectory(staged, join(this.path, String(next)))) || undefined;
      });
    });
  }

  /** Puts what is known into one segment, and removes those that it covers; what cannot be removed now goes next time. */
  private async merge(): Promise<void> {
    dropExpired(this.entries);
    const covers = this.last;
    await this.publish([...this.entries], covers);
    for (const number of (await listNumbers(this.path)) ?? []) {
      if (number > covers) break;
      await rm(this.segment(number), { recursive: true, force: true }).catch(() => undefined);
    }
    this.nLines = this.entries.size;
  }

  /** Reads new segments; calls under way at once share one look. */
  private async look(): Promise<void> {
    const before = this.looking;
    if (before !== undefined) await before.catch(() => undefined);
    if (this.looking === undefined || this.looking === before) {
      this.looking = this.readNew().finally(() => {
        this.looking = undefined;
      });
    }
    await this.looking;
  }

  private async readNew(): Promise<void> {
    for (;;) {
      const numbers = (await listNumbers(this.path)) ?? [];
      try {
        await this.apply(numbers.filter((number) => number > this.last));
        this.lookedAt = performance.now();
        return;
      } catch (error) {
        // A segment that another process merged away meanwhile is no damage.
        const now = new Set(await listNumbers(this.path));
        if (!isTabwrightError(error) || numbers.every((number) => now.has(number))) throw error;
      }
    }
  }

  private async apply(numbers: readonly number[]): Promise<void> {
    const headers = new Map<number, Awaited<ReturnType<typeof readHeader>>>();
    for (const number of numbers) headers.set(number, await readHeader(this.segment(number)));
    const base = [...headers].findLast(([, { covers }]) => covers > this.last);
    if (base !== undefined) {
      const [number, header] = base;
      const changes = await readChanges(this.segment(number), header);
      this.entries.clear();
      applyEntries(this.entries, changes);
      this.nLines = header.nLines;
      this.last = header.covers;
    }
    // A number that is missing was not listed yet: what comes after it waits for the next look.
    for (let next = this.last + 1; headers.has(next); next++) {
      const header = headers.get(next);
      if (header?.covers === 0) {
        applyEntries(this.entries, await readChanges(this.segment(next), header));
        this.nLines += header.nLines;
      }
      this.last = next;
    }
  }

  private segment(number: number): string {
    return join(this.path, String(number));
  }
}
