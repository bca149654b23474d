// Many small writes as few large ones: items gather for a moment, then go out together, at most so many in memory.

/** When and how much. */
export interface GroupCommitOptions {
  /** How long the first item of a group waits, milliseconds. */
  readonly flushMs: number;
  /** Most items in memory; past it they are dropped, the oldest first where those could not be written. */
  readonly maxPending: number;
  /** How long to wait after a group that could not be written, milliseconds. */
  readonly retryMs: number;
  /** Told of the first group in a row that could not be written. */
  readonly onFailure: (error: unknown) => void;
}

/** Items that go out together. */
export interface Group<Item> {
  /** How many there are. */
  readonly count: number;
  add(item: Item): void;
}

/** Gathers items and writes them in groups, one group at a time, in order. */
export class GroupCommit<Item, G extends Group<Item>> {
  written = 0;
  dropped = 0;
  readonly #newGroup: () => G;
  readonly #write: (group: G) => Promise<void>;
  readonly #options: GroupCommitOptions;
  #gathered: G;
  /** A group that is being written, or could not be and is tried again. */
  #group: G | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<boolean> | undefined;
  #isFailing = false;

  /** @param write rejects where nothing of the group was kept: it is tried again then */
  constructor(newGroup: () => G, write: (group: G) => Promise<void>, options: GroupCommitOptions) {
    this.#newGroup = newGroup;
    this.#write = write;
    this.#options = options;
    this.#gathered = newGroup();
  }

  get pending(): number {
    return this.#gathered.count + (this.#group?.count ?? 0);
  }

  add(item: Item): void {
    if (this.pending >= this.#options.maxPending && !this.#makeRoom()) return;
    this.#gathered.add(item);
    if (this.#timer === undefined && this.#writing === undefined) this.#schedule(this.#options.flushMs);
  }

  /** Writes what has been added by now. Items that cannot be written stay, to be tried again. */
  async flush(): Promise<void> {
    await this.#writing;
    const isRetry = this.#group !== undefined;
    if ((await this.#commit()) && isRetry) await this.#commit();
  }

  /** Writes what has been added, drops what cannot be written, and ends. */
  async close(): Promise<void> {
    await this.flush();
    this.#stopTimer();
    this.dropped += this.pending;
    this.#gathered = this.#newGroup();
    this.#group = undefined;
  }

  /** Gives up the group that waits for another try; where there is none, the new item. */
  #makeRoom(): boolean {
    if (this.#writing === undefined && this.#group !== undefined) {
      this.dropped += this.#group.count;
      this.#group = undefined;
      return true;
    }
    this.dropped++;
    return false;
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#commit();
    }, delayMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @returns whether a group was written */
  async #commit(): Promise<boolean> {
    if (this.#writing !== undefined || this.pending === 0) return false;
    this.#stopTimer();
    if (this.#group === undefined) {
      this.#group = this.#gathered;
      this.#gathered = this.#newGroup();
    }
    this.#writing = this.#attempt(this.#group);
    const isWritten = await this.#writing;
    this.#writing = undefined;
    this.#isFailing = !isWritten;
    if (isWritten) {
      this.written += this.#group.count;
      this.#group = undefined;
    }
    if (this.pending > 0) this.#schedule(isWritten ? this.#options.flushMs : this.#options.retryMs);
    return isWritten;
  }

  async #attempt(group: G): Promise<boolean> {
    try {
      await this.#write(group);
      return true;
    } catch (error) {
      if (!this.#isFailing) this.#options.onFailure(error);
      return false;
    }
  }
}
