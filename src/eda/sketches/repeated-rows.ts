// Repeated rows of a stream by their hashes. Past a number of distinct rows only those are counted whose hash ends in one zero bit,
// then two, …: a sample of distinct rows with whole counts (Gibbons, "Distinct sampling", 2001).

const MIN_PLACES = 1024;
/** A key has 32 bits of the first hash above 21 of the second. */
const FIRST_UNIT = 2 ** 21;

/** Counts rows by two hashes of 32 bits; of two different rows at most one in 2^53 is taken for equal. */
export class RepeatedRows {
  /** Each row counted stands for so many. */
  scale = 1;
  private size = 0;
  private readonly capacity: number;
  private keys = new Float64Array(MIN_PLACES);
  /** 0 where a place is free. */
  private counts = new Uint32Array(MIN_PLACES);

  /** @param capacity most distinct rows counted, a power of two */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Counts a row; how often it has been seen, or 0 where it is not counted. */
  add(first: number, second: number): number {
    const key = (first >>> 0) * FIRST_UNIT + (second >>> 11);
    if (key % this.scale !== 0) return 0;
    const place = this.place(key);
    if (this.counts[place] === 0) {
      this.keys[place] = key;
      this.size += 1;
    }
    this.counts[place] = (this.counts[place] as number) + 1;
    const count = this.counts[place] as number;
    if (2 * this.size > this.keys.length) this.makeRoom();
    return count;
  }

  /** Standard error relative to the numbers below; 0 where all rows were counted. */
  relativeError(): number {
    return this.scale === 1 ? 0 : 1 / Math.sqrt(Math.max(1, this.groups().nGroups / this.scale));
  }

  /** Distinct rows that occur more than once, and the rows in them. */
  groups(): { readonly nGroups: number; readonly nRows: number } {
    let nGroups = 0;
    let nRows = 0;
    for (const count of this.counts) {
      if (count < 2) continue;
      nGroups += 1;
      nRows += count;
    }
    return { nGroups: nGroups * this.scale, nRows: nRows * this.scale };
  }

  private place(key: number): number {
    const last = this.keys.length - 1;
    let place = Math.floor(key / FIRST_UNIT) & last;
    while (this.counts[place] !== 0 && this.keys[place] !== key) place = (place + 1) & last;
    return place;
  }

  private makeRoom(): void {
    const { keys, counts } = this;
    const isGrowing = this.size < this.capacity;
    if (!isGrowing) this.scale *= 2;
    const nPlaces = isGrowing ? Math.min(4 * keys.length, 2 * this.capacity) : keys.length;
    this.keys = new Float64Array(nPlaces);
    this.counts = new Uint32Array(nPlaces);
    this.size = 0;
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from] as number;
      if ((counts[from] as number) === 0 || key % this.scale !== 0) continue;
      const place = this.place(key);
      this.keys[place] = key;
      this.counts[place] = counts[from] as number;
      this.size += 1;
    }
  }
}
