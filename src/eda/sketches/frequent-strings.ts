// The frequent values of a stream of strings, by the algorithm of frequent-numbers.ts over a Map.

/** Counters once not all strings can be counted: the frequent ones are few. */
const SKETCH_CAPACITY = 8192;

/** Strings by code. */
export interface CodedStrings {
  text(code: number): string;
  texts(): readonly string[];
}

/** Counts each string, or the frequent ones: a count is then too low by at most {@link FrequentStrings.maxError}. */
export class FrequentStrings {
  /** At most the strings added over half the counters. */
  maxError = 0;
  counts: Map<string, number> = new Map();
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

  /**
   * Adds strings by code, each so many times. Once strings are no longer all counted, of more than half the counters those that are
   * there once are left out, which `maxError` then takes in.
   */
  addAll(strings: CodedStrings, counts: Float64Array): void {
    const nStrings = counts.reduce((sum, count) => sum + Math.sign(count), 0);
    const least = this.maxError > 0 && 2 * nStrings > this.capacity ? 2 : 1;
    if (least > 1) this.maxError += 1;
    const texts = least === 1 ? strings.texts() : undefined;
    for (let code = 0; code < counts.length; code++) {
      const count = counts[code] as number;
      if (count >= least) this.add(texts?.[code] ?? strings.text(code), count);
    }
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
    const counts = this.counts;
    this.counts = new Map();
    this.nCharacters = 0;
    for (const [value, count] of counts) {
      if (count <= loss) continue;
      this.counts.set(value, count - loss);
      this.nCharacters += value.length;
    }
  }
}
