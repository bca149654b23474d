// A rate limit a caller: a bucket that holds so many tokens and gets so many back a second.

/** Callers that are remembered; a caller who is forgotten starts with a full bucket. */
const MAX_CALLERS = 10_000;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Buckets by caller. */
export class TokenBuckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #clock: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /**
   * @param perSecond Tokens that come back in a second, > 0.
   * @param burst Tokens of a full bucket, >= 1.
   * @param clock Milliseconds from any start.
   */
  constructor(perSecond: number, burst: number, clock: () => number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#clock = clock;
  }

  /** Takes a token of a caller; 0 where there was one, else the seconds until there will be. */
  take(caller: string): number {
    const bucket = this.#bucket(caller);
    const nowMs = this.#clock();
    const refilled = bucket.tokens + ((nowMs - bucket.filledAtMs) / 1000) * this.#perSecond;
    bucket.tokens = Math.min(this.#burst, refilled);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) return (1 - bucket.tokens) / this.#perSecond;
    bucket.tokens -= 1;
    return 0;
  }

  #bucket(caller: string): Bucket {
    const known = this.#buckets.get(caller);
    if (known !== undefined) return known;
    if (this.#buckets.size >= MAX_CALLERS) this.#buckets.delete(this.#buckets.keys().next().value as string);
    const bucket = { tokens: this.#burst, filledAtMs: this.#clock() };
    this.#buckets.set(caller, bucket);
    return bucket;
  }
}
