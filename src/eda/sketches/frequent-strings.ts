// The frequent values of a stream of strings, by the algorithm of frequent-numbers.ts over a Map.

/** Counters once not all strings can be counted: the frequent ones are few. */
const SKETCH_CAPACITY = 8192;

/** Counts each string, or the frequent ones: a count is then too low by at most {@link FrequentStrings.maxError}. */
export class FrequentStrings {
  /** At most the strings added over half the counters. */
  maxError = 0;
  readonly counts = new Map<string, number>();
  private capacity: number;
  private readonly maxCharacters: number;
  private nCharacters = 0;

  /**
   * @param capacity most counters
   * @param maxCharacters most code units of the strings held; past it there are fewer counters
   */
  constructor(capacity: number, maxCharacters: number) {
    this.capacity = capacity;
    this.maxCharacters = maxCharacters;
  }

  add(value: string, times: number): void {
    const before = this.counts.get(value);
    if (before === undefined) this.nCharacters += value.length;
    this.counts.set(value, (before ?? 0) + times);
    if (this.counts.size > this.capacity || this.nCharacters > this.maxCharacters) this.makeRoom();
  }

  /** Whether so many more strings may be too many. */
  isShortOf(nStrings: number): boolean {
    return this.counts.size + nStrings > this.capacity || this.nCharacters > this.maxCharacters / 2;
  }

  private makeRoom(): void {
    const sorted = Float64Array.from(this.counts.values()).sort();
    const loss = sorted[sorted.length >> 1] as number;
    this.maxError += loss;
    this.capacity = Math.min(this.capacity, SKETCH_CAPACITY);
    for (const [value, count] of this.counts) {
      if (count > loss) this.counts.set(value, count - loss);
      else {
        this.counts.delete(value);
        this.nCharacters -= value.length;
      }
    }
  }
}
