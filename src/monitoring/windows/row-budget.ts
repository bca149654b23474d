// How many rows may be looked at: a token bucket, so that under load rows are taken evenly and not the first of each second.

const MS_PER_SECOND = 1000;

/** Tokens that come at a rate, and of which a second's worth is kept. */
export class RowBudget {
  readonly #perSecond: number;
  #tokens: number;
  #atMs = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
  }

  /** Whether rows that come together may be looked at. They may where one of them may; those that follow wait for all. */
  take(timeMs: number, nRows: number): boolean {
    if (timeMs > this.#atMs) {
      const grown = this.#tokens + ((timeMs - this.#atMs) * this.#perSecond) / MS_PER_SECOND;
      this.#tokens = Math.min(this.#perSecond, grown);
      this.#atMs = timeMs;
    }
    if (this.#tokens < 1) return false;
    this.#tokens -= nRows;
    return true;
  }
}
