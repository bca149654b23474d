// The aggregates of a view over a sliding window, each in constant time an event.
import type { Column } from '../table/column.js';
import { ExactSum } from './exact-sum.js';
import { gatherCells } from './gather-cells.js';
import type { WindowAggregate } from './sweep-windows.js';

/** An aggregate and the column it fills. */
export interface FilledAggregate extends WindowAggregate {
  /** The column [nLabels], once every label was written. */
  column(): Column;
}

/** The number of events. @param matches Uint8Array [nEvents], 1 where an event counts; all do where absent */
export function countAggregate(nLabels: number, matches: Uint8Array | undefined): FilledAggregate {
  const counts = new Float64Array(nLabels);
  if (matches === undefined) {
    return {
      add() {},
      remove() {},
      write(label, first, end) {
        counts[label] = end - first;
      },
      column: () => counts,
    };
  }
  let count = 0;
  return {
    add(event) {
      count += matches[event] as number;
    },
    remove(event) {
      count -= matches[event] as number;
    },
    write(label) {
      counts[label] = count;
    },
    column: () => counts,
  };
}

/** The number of distinct values. @param codes Int32Array [nEvents] of values below `size`; -1 does not count */
export function distinctAggregate(nLabels: number, codes: Int32Array, size: number): FilledAggregate {
  const counts = new Float64Array(nLabels);
  const inside = new Int32Array(size);
  let distinct = 0;
  return {
    add(event) {
      const code = codes[event] as number;
      if (code === -1) return;
      const count = (inside[code] as number) + 1;
      inside[code] = count;
      if (count === 1) distinct += 1;
    },
    remove(event) {
      const code = codes[event] as number;
      if (code === -1) return;
      const count = (inside[code] as number) - 1;
      inside[code] = count;
      if (count === 0) distinct -= 1;
    },
    write(label) {
      counts[label] = distinct;
    },
    column: () => counts,
  };
}

/** The sum (0 of nothing), or the mean (NaN of nothing). @param values Float64Array [nEvents]; NaN does not count */
export function sumAggregate(nLabels: number, values: Float64Array, take: 'sum' | 'mean'): FilledAggregate {
  const results = new Float64Array(nLabels);
  const total = sumsExactly(values) ? new PlainSum() : new ExactSum();
  let nPresent = 0;
  return {
    add(event) {
      const value = values[event] as number;
      if (Number.isNaN(value)) return;
      total.add(value);
      nPresent += 1;
    },
    remove(event) {
      const value = values[event] as number;
      if (Number.isNaN(value)) return;
      total.add(-value);
      nPresent -= 1;
    },
    write(label) {
      results[label] = take === 'sum' ? total.value() : nPresent === 0 ? Number.NaN : total.value() / nPresent;
    },
    column: () => results,
  };
}

/** The cell of the latest event that counts. @param rows Int32Array [nEvents]: the event's row in the column */
export function lastAggregate(
  nLabels: number,
  cells: Column,
  rows: Int32Array,
  matches: Uint8Array | undefined,
): FilledAggregate {
  const taken = new Int32Array(nLabels);
  let latest = -1;
  return {
    add(event) {
      if (matches === undefined || matches[event] === 1) latest = event;
    },
    remove() {},
    write(label, first) {
      taken[label] = latest >= first ? (rows[latest] as number) : -1;
    },
    column: () => gatherCells(cells, taken),
  };
}

/** Whether no sum of some of the values can be rounded: integers, and small enough all together. */
function sumsExactly(values: Float64Array): boolean {
  let total = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return false;
    total += Math.abs(value);
  }
  return total <= Number.MAX_SAFE_INTEGER;
}

class PlainSum {
  private total = 0;

  add(value: number): void {
    this.total += value;
  }

  value(): number {
    return this.total;
  }
}
