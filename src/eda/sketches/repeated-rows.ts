// Repeated rows of a stream by their hashes. Past a number of distinct rows only those are counted whose hash ends in one zero bit,
// then two, …: a sample of distinct rows with whole counts (Gibbons, "Distinct sampling", 2001).

const MIN_PLACES = 2048;
/** Few long moves of all keys take the time of one. */
const GROWTH = 16;
/** A key has 32 bits of the first hash and 21 of the second. */
const SECOND_SHIFT = 11;
/** A place has both parts of a key and the count, side by side so that they are fetched together; 0 where it is free. */
const WORDS = 3;
const COUNT = 2;

/** Counts rows by two hashes of 32 bits; of two different rows at most one in 2^53 is taken for equal. */
export class RepeatedRows {
  /** Each row counted stands for so many. */
  scale = 1;
  private size = 0;
  private readonly capacity: number;
  private nPlaces = MIN_PLACES;
  private places = new Int32Array(WORDS * MIN_PLACES);

  /** @param capacity most distinct rows counted, a power of two */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Counts a row; how often it has been seen, or 0 where it is not counted. @param first and `second`: integers of 32 bits */
  add(first: number, second: number): number {
    const rest = second >>> SECOND_SHIFT;
    if ((rest & (this.scale - 1)) !== 0) return 0;
    const { places } = this;
    const at = this.place(first, rest);
    const count = (places[at + COUNT] as number) + 1;
    places[at + COUNT] = count;
    if (count > 1) return count;
    places[at] = first;
    places[at + 1] = rest;
    this.size += 1;
    if (2 * this.size > this.nPlaces) this.makeRoom();
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
    for (let at = COUNT; at < this.places.length; at += WORDS) {
      const count = this.places[at] as number;
      if (count < 2) continue;
      nGroups += 1;
      nRows += count;
    }
    return { nGroups: nGroups * this.scale, nRows: nRows * this.scale };
  }

  /** Where the key stands, or may. */
  private place(first: number, rest: number): number {
    const { places } = this;
    const last = this.nPlaces - 1;
    for (let place = first & last; ; place = (place + 1) & last) {
      const at = WORDS * place;
      if (places[at + COUNT] === 0 || (places[at] === first && places[at + 1] === rest)) return at;
    }
  }

  private makeRoom(): void {
    const { places: old } = this;
    const isGrowing = this.size < this.capacity;
    if (!isGrowing) this.scale *= 2;
    else this.nPlaces = Math.min(GROWTH * this.nPlaces, 2 * this.capacity);
    this.places = new Int32Array(WORDS * this.nPlaces);
    this.size = 0;
    for (let from = 0; from < old.length; from += WORDS) {
      const rest = old[from + 1] as number;
      if (old[from + COUNT] === 0 || (rest & (this.scale - 1)) !== 0) continue;
      const at = this.place(old[from] as number, rest);
      this.places[at] = old[from] as number;
      this.places[at + 1] = rest;
      this.places[at + COUNT] = old[from + COUNT] as number;
      this.size += 1;
    }
  }
}
