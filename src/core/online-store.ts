// The contract of an online store: texts by key, in namespaces; what the feature store keeps entities' features in.

/** A text and how long it must be kept. */
export interface OnlineEntry {
  readonly value: string;
  /** Epoch milliseconds from which on the store may drop the entry; kept until it is replaced where undefined. */
  readonly keepUntil: number | undefined;
}

/** Keeps texts by key. Reads may run beside writes; each key is replaced in one step. */
export interface OnlineStore {
  /**
   * Stores entries, each in place of an earlier one of its key; null removes it. A key may come once.
   * @param namespace 1 to 200 letters, digits, ".", "_" or "-"
   * @throws STORAGE_FULL, STORAGE_FAILED; some of the entries may be stored then, so the caller writes them all again
   */
  write(namespace: string, entries: Iterable<readonly [key: string, entry: OnlineEntry | null]>): Promise<void>;
  /**
   * The texts of keys, in their order; undefined where there is none. What another process wrote may take a moment to be
   * seen.
   * @throws STORAGE_FAILED, BUNDLE_INVALID where what is stored is damaged
   */
  read(namespace: string, keys: readonly string[]): Promise<readonly (string | undefined)[]>;
}
