import type { Random } from '../../core/random.js';

/** Positions of at most so many rows of `nRows`, ascending, each set of them as likely as any other (Knuth's algorithm S). */
export function sampledRows(nRows: number, size: number, random: Random): Uint32Array {
  const rows = new Uint32Array(Math.min(nRows, size));
  for (let row = 0, taken = 0; taken < rows.length; row++) {
    if ((nRows - row) * random.next() < rows.length - taken) rows[taken++] = row;
  }
  return rows;
}
