// The counters of a reference's columns, and rows and tables counted by them.
import type { ColumnTable } from 'arquero';
import type { Label } from '../../core/cell.js';
import type { Column } from '../../table/column.js';
import { readColumn } from '../../table/read-column.js';
import type { ColumnReference, DriftReference } from '../reference/drift-reference.js';
import { CategoryCounter } from './category-counter.js';
import type { ColumnCounter } from './column-counter.js';
import type { ColumnTally } from './column-tally.js';
import { addTally, clearTally, columnTally } from './column-tally.js';
import { InstantCounter } from './instant-counter.js';
import { NumericCounter } from './numeric-counter.js';

/** A score with the class it came to, as predictors give it. */
export interface Scored {
  readonly score: number;
  readonly label?: Label | null | undefined;
}

/** Tallies of all columns, of scores, of predicted and of true labels, in the order of the counters. */
export interface Tallies {
  readonly columns: readonly ColumnTally[];
  readonly score: ColumnTally | null;
  readonly prediction: ColumnTally | null;
  readonly target: ColumnTally | null;
}

/** Counts rows by a reference. */
export class ReferenceCounters {
  readonly columns: readonly ColumnCounter[];
  private readonly score: ColumnCounter | null;
  private readonly prediction: ColumnCounter | null;
  private readonly target: ColumnCounter | null;
  /** Names that are on every object: of them only a row's own property counts. */
  private readonly isInherited: readonly boolean[];

  constructor(reference: DriftReference) {
    const missing = new Set(reference.missing);
    this.columns = reference.columns.map((column) => counterOf(column, missing));
    this.score = reference.score && counterOf(reference.score, missing);
    this.prediction = reference.prediction && counterOf(reference.prediction, new Set());
    this.target = reference.target && counterOf(reference.target, new Set());
    this.isInherited = this.columns.map(({ name }) => name in Object.prototype);
  }

  tallies(): Tallies {
    const empty = (counter: ColumnCounter | null): ColumnTally | null => counter && columnTally(counter.nBins);
    return {
      columns: this.columns.map(({ nBins }) => columnTally(nBins)),
      score: empty(this.score),
      prediction: empty(this.prediction),
      target: empty(this.target),
    };
  }

  addRow(row: Readonly<Record<string, unknown>>, tallies: Tallies): void {
    const { columns, isInherited } = this;
    for (let i = 0; i < columns.length; i++) {
      const counter = columns[i] as ColumnCounter;
      const { name } = counter;
      const value = isInherited[i] === true && !Object.hasOwn(row, name) ? undefined : row[name];
      counter.add(value, tallies.columns[i] as ColumnTally);
    }
  }

  addScored({ score, label }: Scored, tallies: Tallies): void {
    if (tallies.score !== null) this.score?.add(score, tallies.score);
    if (tallies.prediction !== null) this.prediction?.add(labelText(label), tallies.prediction);
  }

  addTarget(label: Label | null, tallies: Tallies): void {
    if (tallies.target === null) return;
    this.target?.add(this.target instanceof NumericCounter ? label : labelText(label), tallies.target);
  }

  /** The columns of a plain table in the order of the counters; undefined where it has none of the name. */
  columnsOf(table: ColumnTable): (Column | undefined)[] {
    const names = new Set(table.columnNames());
    return this.columns.map(({ name }) => (names.has(name) ? readColumn(table, name) : undefined));
  }

  /** Counts rows [from, to); a column that is not there is missing in all of them. */
  addColumns(columns: readonly (Column | undefined)[], from: number, to: number, tallies: Tallies): void {
    for (const [i, counter] of this.columns.entries()) {
      const column = columns[i];
      const tally = tallies.columns[i] as ColumnTally;
      if (column !== undefined) counter.addColumn(column, from, to, tally);
      else for (let row = from; row < to; row++) counter.add(undefined, tally);
    }
  }
}

/** Adds tallies of the same counters. */
export function addTallies(to: Tallies, from: Tallies): void {
  for (const [i, tally] of allOf(from).entries()) addTally(allOf(to)[i] as ColumnTally, tally);
}

/** Forgets all that was counted. */
export function clearTallies(tallies: Tallies): void {
  for (const tally of allOf(tallies)) clearTally(tally);
}

function allOf({ columns, score, prediction, target }: Tallies): ColumnTally[] {
  return [...columns, score, prediction, target].filter((tally) => tally !== null);
}

function counterOf(reference: ColumnReference, missing: ReadonlySet<string>): ColumnCounter {
  switch (reference.kind) {
    case 'numeric':
      return new NumericCounter(reference, missing);
    case 'categorical':
      return new CategoryCounter(reference, missing);
    case 'datetime':
      return new InstantCounter(reference, missing);
  }
}

/** Classes are compared by text: the same ones may be numbers in one place and strings in another. */
function labelText(label: Label | null | undefined): string | null | undefined {
  return label === null || label === undefined ? label : String(label);
}
