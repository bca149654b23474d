// Strings and booleans into the categories of a reference.
import type { Column } from '../../table/column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import type { CategoricalReference } from '../reference/drift-reference.js';
import type { ColumnCounter } from './column-counter.js';
import type { ColumnTally } from './column-tally.js';
import { FIRST_CELL, MISSING_CELL, MISTYPED_CELL, noteUnseen } from './column-tally.js';

/** Counts categories; strings among `missing` count as missing, values of another type as mistyped. */
export class CategoryCounter implements ColumnCounter {
  readonly name: string;
  readonly nBins: number;
  private readonly type: 'string' | 'boolean';
  private readonly cells: Map<string, number>;
  private readonly missing: ReadonlySet<string>;

  constructor({ name, type, categories }: CategoricalReference, missing: ReadonlySet<string>) {
    this.name = name;
    this.nBins = categories.length;
    this.type = type;
    this.cells = new Map(categories.map((category, i) => [category, FIRST_CELL + i]));
    this.missing = missing;
    if (type === 'string') for (const token of missing) this.cells.set(token, MISSING_CELL);
  }

  add(value: unknown, tally: ColumnTally): void {
    const cell = typeof value === 'string' ? this.cellOf(value, tally) : this.cellOfOther(value, tally);
    tally.cells[cell] = (tally.cells[cell] as number) + 1;
  }

  addColumn(column: Column, from: number, to: number, tally: ColumnTally): void {
    if (column instanceof DictionaryColumn && this.type === 'string') {
      this.addStrings(column, from, to, tally);
      return;
    }
    // Files hold booleans as 0 and 1 too.
    const isBits = this.type === 'boolean' && column instanceof Float64Array;
    for (let row = from; row < to; row++) {
      const value = column.at(row);
      this.add(isBits && (value === 0 || value === 1) ? value === 1 : value, tally);
    }
  }

  private addStrings({ codes, values }: DictionaryColumn, from: number, to: number, tally: ColumnTally): void {
    const { cells } = tally;
    const known = new Int32Array(values.length + 1).fill(-1);
    for (let row = from; row < to; row++) {
      const code = codes[row] as number;
      let cell = code < 0 ? MISSING_CELL : (known[code] as number);
      if (cell < 0) {
        cell = this.cellOf(values[code] as string, tally);
        known[code] = cell;
      }
      cells[cell] = (cells[cell] as number) + 1;
    }
  }

  private cellOf(value: string, tally: ColumnTally): number {
    if (this.type === 'boolean') return this.missing.has(value) ? MISSING_CELL : MISTYPED_CELL;
    const cell = this.cells.get(value);
    if (cell !== undefined) return cell;
    noteUnseen(tally, value);
    return FIRST_CELL + this.nBins;
  }

  private cellOfOther(value: unknown, tally: ColumnTally): number {
    if (value === null || value === undefined || Number.isNaN(value)) return MISSING_CELL;
    if (this.type === 'string' || typeof value !== 'boolean') return MISTYPED_CELL;
    const cell = this.cells.get(String(value));
    if (cell === undefined) noteUnseen(tally, String(value));
    return cell ?? FIRST_CELL + this.nBins;
  }
}
