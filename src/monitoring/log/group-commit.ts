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

/** Gathers items and writes them in groups, one group at a time, in order. */
export class GroupCommit<Item> {
  written = 0;
  dropped = 0;
  readonly #write: (items: readonly Item[]) => Promise<void>;
  readonly #options: GroupCommitOptions;
  #gathered: Item[] = [];
  /** A group that is being written, or could not be and is tried again. */
  #group: readonly Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<boolean> | undefined;
  #isFailing = false;

  /** @param write rejects where nothing of the group was kept: it is tried again then */
  constructor(write: (items: readonly Item[]) => Promise<void>, options: GroupCommitOptions) {
    this.#write = write;
    this.#options = options;
  }

  get pending(): number {
    return this.#gathered.length + this.#group.length;
  }

  add(item: Item): void {
    if (this.pending >= this.#options.maxPending && !this.#makeRoom()) return;
    this.#gathered.push(item);
    if (this.#timer === undefined && this.#writing === undefined) this.#schedule(this.#options.flushMs);
  }

  /** Writes what has been added by now. Items that cannot be written stay, to be tried again. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#stopTimer();
    await this.#commit();
  }

  /** Writes what has been added, drops what cannot be written, and ends. */
  async close(): Promise<void> {
    await this.flush();
    this.#stopTimer();
    this.dropped += this.pending;
    this.#gathered = [];
    this.#group = [];
  }

  /** Gives up the group that waits for another try; where there is none, the new item. */
  #makeRoom(): boolean {
    if (this.#writing === undefined && this.#group.length > 0) {
      this.dropped += this.#group.length;
      this.#group = [];
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

  async #commit(): Promise<void> {
    if (this.#writing !== undefined || this.pending === 0) return;
    this.#group = this.#group.length === 0 ? this.#gathered : [...this.#group, ...this.#gathered];
    this.#gathered = [];
    const group = this.#group;
    this.#writing = this.#write(group).then(
      () => true,
      (error: unknown) => {
        if (!this.#isFailing) this.#options.onFailure(error);
        return false;
      },
    );
    const isWritten = await this.#writing;
    this.#writing = undefined;
    this.#isFailing = !isWritten;
    if (isWritten) {
      this.written += group.length;
      this.#group = [];
    }
    if (this.pending > 0 && this.#timer === undefined) {
      this.#schedule(isWritten ? this.#options.flushMs : this.#options.retryMs);
    }
  }
}
