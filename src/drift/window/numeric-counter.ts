// Numbers into the bins of a reference, in constant time for most: a grid over the range says between which bins a number lies.
import type { Column } from '../../table/column.js';
import type { NumericReference } from '../reference/drift-reference.js';
import type { ColumnCounter } from './column-counter.js';
import type { ColumnTally } from './column-tally.js';
import { BELOW_CELL, FIRST_CELL, MISSING_CELL, MISTYPED_CELL } from './column-tally.js';

const GRID = 4096;

/** Counts numbers; strings among `missing` count as missing, other values as mistyped. */
export class NumericCounter implements ColumnCounter {
  readonly name: string;
  readonly nBins: number;
  private readonly bounds: Float64Array;
  private readonly minimum: number;
  private readonly maximum: number;
  private readonly scale: number;
  /** Of each place of the grid, the first bin that numbers there may fall in; the place after it says the last. */
  private readonly firstBins: Uint16Array;
  private readonly missing: ReadonlySet<string>;

  constructor({ name, bounds, minimum }: NumericReference, missing: ReadonlySet<string>) {
    this.name = name;
    this.nBins = bounds.length;
    this.bounds = Float64Array.from(bounds);
    this.minimum = minimum ?? Number.POSITIVE_INFINITY;
    this.maximum = bounds[bounds.length - 1] ?? Number.POSITIVE_INFINITY;
    const scale = GRID / (this.maximum - this.minimum);
    this.scale = Number.isFinite(scale) ? scale : 0;
    this.firstBins = new Uint16Array(GRID + 2);
    for (const bound of bounds) {
      const place = this.placeOf(bound);
      this.firstBins[place + 1] = (this.firstBins[place + 1] as number) + 1;
    }
    for (let place = 1; place < this.firstBins.length; place++)
      this.firstBins[place] = (this.firstBins[place] as number) + (this.firstBins[place - 1] as number);
    this.missing = missing;
  }

  add(value: unknown, tally: ColumnTally): void {
    if (typeof value === 'number') this.addNumber(value, tally);
    else {
      const isMissing = value === null || value === undefined || (typeof value === 'string' && this.missing.has(value));
      const cell = isMissing ? MISSING_CELL : MISTYPED_CELL;
      tally.cells[cell] = (tally.cells[cell] as number) + 1;
    }
  }

  addColumn(column: Column, from: number, to: number, tally: ColumnTally): void {
    if (column instanceof Float64Array) {
      for (let row = from; row < to; row++) this.addNumber(column[row] as number, tally);
    } else for (let row = from; row < to; row++) this.add(column.at(row), tally);
  }

  private addNumber(value: number, tally: ColumnTally): void {
    const cell =
      value >= this.minimum && value <= this.maximum ? FIRST_CELL + this.binOf(value) : this.cellOutside(value, tally);
    tally.cells[cell] = (tally.cells[cell] as number) + 1;
  }

  private cellOutside(value: number, { beyond }: ColumnTally): number {
    if (Number.isNaN(value)) return MISSING_CELL;
    if (!Number.isFinite(value)) return MISTYPED_CELL;
    beyond.least = Math.min(beyond.least, value);
    beyond.largest = Math.max(beyond.largest, value);
    if (value < this.minimum) {
      beyond.sumBelow += value;
      return BELOW_CELL;
    }
    beyond.sumAbove += value;
    return FIRST_CELL + this.nBins;
  }

  /** The first bin whose bound is at least the value, which is in range. */
  private binOf(value: number): number {
    const { bounds, firstBins } = this;
    const place = this.placeOf(value);
    // Places do not fall where numbers rise: bounds of lower places are lower, and those of higher places no lower.
    let low = firstBins[place] as number;
    let high = firstBins[place + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bounds[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private placeOf(value: number): number {
    return Math.min(((value - this.minimum) * this.scale) | 0, GRID);
  }
}
