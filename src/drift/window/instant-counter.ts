// Instants, of which only gaps, types and the range are looked at.
import type { Column } from '../../table/column.js';
import type { DatetimeReference } from '../reference/drift-reference.js';
import type { ColumnCounter } from './column-counter.js';
import type { ColumnTally } from './column-tally.js';
import { BELOW_CELL, FIRST_CELL, MISSING_CELL, MISTYPED_CELL } from './column-tally.js';

/** Counts dates and ISO 8601 strings; strings among `missing` count as missing, other values as mistyped. */
export class InstantCounter implements ColumnCounter {
  readonly name: string;
  readonly nBins = 1;
  private readonly minimum: number;
  private readonly maximum: number;
  private readonly missing: ReadonlySet<string>;

  constructor({ name, minimum, maximum }: DatetimeReference, missing: ReadonlySet<string>) {
    this.name = name;
    this.minimum = minimum ?? Number.POSITIVE_INFINITY;
    this.maximum = maximum ?? Number.NEGATIVE_INFINITY;
    this.missing = missing;
  }

  add(value: unknown, { cells }: ColumnTally): void {
    const cell = this.cellOf(value);
    cells[cell] = (cells[cell] as number) + 1;
  }

  addColumn(column: Column, from: number, to: number, tally: ColumnTally): void {
    for (let row = from; row < to; row++) this.add(column.at(row), tally);
  }

  private cellOf(value: unknown): number {
    if (value === null || value === undefined || Number.isNaN(value)) return MISSING_CELL;
    if (typeof value === 'string' && this.missing.has(value)) return MISSING_CELL;
    const ms = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(ms)) return MISTYPED_CELL;
    if (ms > this.maximum) return FIRST_CELL + 1;
    return ms < this.minimum ? BELOW_CELL : FIRST_CELL;
  }
}
