// Exact counts of a stream of numbers over equal bins whose range is not known before: bins are [i, i + 1) times a power of two, and
// when a number falls outside, bins are joined two by two until it does not.

const N_BINS = 2048;
/** The finest bins: values of a column with all of its range below this many times its size are in one bin. */
const FINEST = 2 ** -40;

/** Counts finite numbers, each by as many as it is added for. */
export class DoublingHistogram {
  /** Width of a bin, a power of two; 0 before the first number. */
  width = 0;
  /** Position of the first bin on the axis, in bins. */
  start = 0;
  readonly counts = new Float64Array(N_BINS);
  private readonly integers: boolean;

  /** @param integers whether bins are never narrower than 1 */
  constructor(integers = false) {
    this.integers = integers;
  }

  add(value: number, times = 1): void {
    if (this.width === 0) this.open(value);
    let bin = Math.floor(value / this.width) - this.start;
    while (bin < 0 || bin >= N_BINS) {
      this.makeRoom(value);
      bin = Math.floor(value / this.width) - this.start;
    }
    this.counts[bin] = (this.counts[bin] as number) + times;
  }

  /** Adds values [from, to), which are in ascending order. */
  addSorted(values: Float64Array, from: number, to: number): void {
    if (from < to) this.add(values[from] as number);
    if (from + 1 < to) this.add(values[to - 1] as number);
    // With room for both ends there is room for all between.
    const { counts, width, start } = this;
    for (let i = from + 1; i < to - 1; i++) {
      const bin = Math.floor((values[i] as number) / width) - start;
      counts[bin] = (counts[bin] as number) + 1;
    }
  }

  private open(value: number): void {
    const finest = Math.max(Math.abs(value), 2 ** -900) * FINEST;
    this.width = this.integers ? 1 : 2 ** Math.floor(Math.log2(finest));
    this.start = Math.floor(value / this.width) - N_BINS / 2;
  }

  /** Moves the bins where those in use leave room for the value, else joins them. */
  private makeRoom(value: number): void {
    const bin = Math.floor(value / this.width) - this.start;
    const first = this.counts.findIndex((count) => count > 0);
    const last = this.counts.findLastIndex((count) => count > 0);
    const low = Math.min(first < 0 ? bin : first, bin);
    const high = Math.max(last, bin);
    if (high - low < N_BINS) this.move(Math.floor((low + high + 1 - N_BINS) / 2));
    else this.join();
  }

  /** Makes the bin at `first` the first one. */
  private move(first: number): void {
    const counts = this.counts.slice();
    this.counts.fill(0);
    for (let bin = 0; bin < N_BINS; bin++) {
      if ((counts[bin] as number) > 0) this.counts[bin - first] = counts[bin] as number;
    }
    this.start += first;
  }

  private join(): void {
    const counts = this.counts.slice();
    const start = Math.floor(this.start / 2);
    this.counts.fill(0);
    for (let bin = 0; bin < N_BINS; bin++) {
      const to = Math.floor((this.start + bin) / 2) - start;
      this.counts[to] = (this.counts[to] as number) + (counts[bin] as number);
    }
    this.width *= 2;
    this.start = start;
  }
}
