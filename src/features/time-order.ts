// Rows by entity, and within an entity by time: a counting sort, then a stable merge sort of what is not in order yet.

/** Rows of entities in order of time. */
export interface TimeOrder {
  /** Int32Array [nEntities + 1]: an entity's rows are at positions starts[e] to starts[e + 1]. */
  readonly starts: Int32Array;
  /** Int32Array [n] of row numbers; of rows at one time the earlier row comes first. */
  readonly rows: Int32Array;
  /** Float64Array [n] of their times. */
  readonly times: Float64Array;
}

/** Below this, insertion is faster than merging. */
const SHORT = 24;

/**
 * Orders rows; those of no entity (code -1) are left out.
 * @param codes Int32Array [nRows] of entities
 * @param epochMs Float64Array [nRows], no NaN
 */
export function timeOrder(codes: Int32Array, nEntities: number, epochMs: Float64Array): TimeOrder {
  const starts = new Int32Array(nEntities + 1);
  for (const code of codes) if (code !== -1) starts[code + 1] = (starts[code + 1] as number) + 1;
  for (let e = 0; e < nEntities; e++) starts[e + 1] = (starts[e + 1] as number) + (starts[e] as number);
  const n = starts[nEntities] as number;
  const rows = new Int32Array(n);
  const times = new Float64Array(n);
  const next = starts.slice(0, nEntities);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code === -1) continue;
    const place = next[code] as number;
    next[code] = place + 1;
    rows[place] = row;
    times[place] = epochMs[row] as number;
  }
  const sorter = new Sorter(rows, times);
  for (let e = 0; e < nEntities; e++) sorter.sort(starts[e] as number, starts[e + 1] as number);
  return { starts, rows, times };
}

/** Sorts ranges of two arrays together by the second. */
class Sorter {
  private readonly rows: Int32Array;
  private readonly times: Float64Array;
  private heldRows: Int32Array = new Int32Array(0);
  private heldTimes: Float64Array = new Float64Array(0);

  constructor(rows: Int32Array, times: Float64Array) {
    this.rows = rows;
    this.times = times;
  }

  sort(from: number, to: number): void {
    if (to - from <= SHORT) {
      this.insert(from, to);
      return;
    }
    const middle = (from + to) >>> 1;
    this.sort(from, middle);
    this.sort(middle, to);
    if ((this.times[middle - 1] as number) > (this.times[middle] as number)) this.merge(from, middle, to);
  }

  private insert(from: number, to: number): void {
    const { rows, times } = this;
    for (let i = from + 1; i < to; i++) {
      const row = rows[i] as number;
      const time = times[i] as number;
      let j = i - 1;
      for (; j >= from && (times[j] as number) > time; j--) {
        rows[j + 1] = rows[j] as number;
        times[j + 1] = times[j] as number;
      }
      rows[j + 1] = row;
      times[j + 1] = time;
    }
  }

  private merge(from: number, middle: number, to: number): void {
    const { rows, times } = this;
    const nLeft = middle - from;
    if (this.heldRows.length < nLeft) {
      this.heldRows = new Int32Array(2 * nLeft);
      this.heldTimes = new Float64Array(2 * nLeft);
    }
    const { heldRows, heldTimes } = this;
    heldRows.set(rows.subarray(from, middle));
    heldTimes.set(times.subarray(from, middle));
    let left = 0;
    let right = middle;
    let at = from;
    for (; left < nLeft; at++) {
      const takesLeft = right === to || (heldTimes[left] as number) <= (times[right] as number);
      rows[at] = (takesLeft ? heldRows[left] : rows[right]) as number;
      times[at] = (takesLeft ? heldTimes[left++] : times[right++]) as number;
    }
  }
}
