// A sample of rows of a stream, each row as likely as any other: algorithm L of Li, "Reservoir-sampling algorithms of time complexity
// O(n(1 + log(N/n)))" (1994), which draws how many rows to pass over instead of one number a row.
import type { Random } from '../../core/random.js';

/** Says of each row in turn which place of the sample it takes. */
export class RowReservoir {
  readonly capacity: number;
  private readonly random: Random;
  /** Row number that is taken next, once the places are full. */
  private next: number;
  private w = 1;

  constructor(capacity: number, random: Random) {
    this.capacity = capacity;
    this.random = random;
    this.next = capacity - 1;
    this.skip();
  }

  /** Calls `take` with each row of [from, to) that is taken and its place; rows come in order from 0. */
  offer(from: number, to: number, take: (row: number, place: number) => void): void {
    for (let row = from; row < Math.min(to, this.capacity); row++) take(row, row);
    while (this.next < to) {
      if (this.next >= from) take(this.next, this.random.integer(this.capacity));
      this.skip();
    }
  }

  private skip(): void {
    this.w *= Math.exp(Math.log(1 - this.random.next()) / this.capacity);
    this.next += Math.floor(Math.log(1 - this.random.next()) / Math.log1p(-this.w)) + 1;
  }
}
