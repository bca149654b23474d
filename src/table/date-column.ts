/** A column of instants; missing cells are null. */
export class DateColumn {
  /** Float64Array [length] of epoch milliseconds (UTC); NaN is missing. */
  readonly epochMs: Float64Array;

  constructor(epochMs: Float64Array) {
    this.epochMs = epochMs;
  }

  get length(): number {
    return this.epochMs.length;
  }

  at(row: number): Date | null {
    return cell(this.epochMs[row]);
  }

  toArray(): (Date | null)[] {
    return Array.from(this.epochMs, cell);
  }

  *[Symbol.iterator](): IterableIterator<Date | null> {
    for (const ms of this.epochMs) yield cell(ms);
  }
}

function cell(ms: number | undefined): Date | null {
  return ms === undefined || Number.isNaN(ms) ? null : new Date(ms);
}
