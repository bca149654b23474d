// The smallest and the largest distinct values of a stream with their counts.
import type { NumberCount } from '../statistics/sorted-runs.js';

/** Both ends, each from the outermost inward. */
export interface Ends {
  readonly smallest: readonly NumberCount[];
  readonly largest: readonly NumberCount[];
}

/** Keeps so many values at either end. */
export class EndValues {
  private readonly limit: number;
  private readonly low: [number, number][] = [];
  private readonly high: [number, number][] = [];
  /** A value past neither of them changes nothing. */
  private lowBound = Number.POSITIVE_INFINITY;
  private highBound = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.limit = Math.max(1, limit);
  }

  add(value: number, times = 1): void {
    if (value <= this.lowBound) this.lowBound = this.insert(this.low, value, { times, sign: 1 });
    if (value >= this.highBound) this.highBound = this.insert(this.high, value, { times, sign: -1 });
  }

  /** Adds values [from, to), which are in ascending order. */
  addSorted(values: Float64Array, from: number, to: number): void {
    let start = from;
    for (let n = 0; n < this.limit && start < to && (values[start] as number) <= this.lowBound; n++) {
      const value = values[start] as number;
      const first = start;
      while (start < to && values[start] === value) start++;
      this.lowBound = this.insert(this.low, value, { times: start - first, sign: 1 });
    }
    let end = to;
    for (let n = 0; n < this.limit && end > from && (values[end - 1] as number) >= this.highBound; n++) {
      const value = values[end - 1] as number;
      const last = end;
      while (end > from && values[end - 1] === value) end--;
      this.highBound = this.insert(this.high, value, { times: last - end, sign: -1 });
    }
  }

  ends(): Ends {
    return { smallest: this.low, largest: this.high };
  }

  /** The bound from now on. @param sign 1 where smaller values come first */
  private insert(
    kept: [number, number][],
    value: number,
    { times, sign }: { readonly times: number; readonly sign: 1 | -1 },
  ): number {
    let at = 0;
    while (at < kept.length && sign * (kept[at] as [number, number])[0] < sign * value) at++;
    const found = kept[at];
    if (found?.[0] === value) found[1] += times;
    else {
      kept.splice(at, 0, [value, times]);
      if (kept.length > this.limit) kept.pop();
    }
    return kept.length < this.limit ? sign * Number.POSITIVE_INFINITY : (kept[kept.length - 1] as [number, number])[0];
  }
}
