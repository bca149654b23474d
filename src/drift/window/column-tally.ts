// What is counted of a column's current values: cells of a histogram laid out as its reference, whatever the number of rows.

/** Positions of the cells that every kind of column has first. */
export const MISSING_CELL = 0;
export const MISTYPED_CELL = 1;
export const BELOW_CELL = 2;
/** The first cell that stands for a bin or a category. */
export const FIRST_CELL = 3;

/** So many categories that the reference never had are kept by name. */
const MAX_UNSEEN = 10;

/** Counts of one column. */
export interface ColumnTally {
  /** Values by cell: missing, mistyped, below the range, one a bin or category, above the range or of no listed category. */
  readonly cells: Float64Array;
  /** Sums of the values below and above the reference's range, and the least and the largest of them. */
  readonly beyond: { sumBelow: number; sumAbove: number; least: number; largest: number };
  readonly unseen: Set<string>;
}

/** An empty tally for so many bins or categories. */
export function columnTally(nBins: number): ColumnTally {
  return {
    cells: new Float64Array(FIRST_CELL + nBins + 1),
    beyond: { sumBelow: 0, sumAbove: 0, least: Number.POSITIVE_INFINITY, largest: Number.NEGATIVE_INFINITY },
    unseen: new Set(),
  };
}

/** Adds what another tally of the same column counted. */
export function addTally(to: ColumnTally, { cells, beyond, unseen }: ColumnTally): void {
  for (let i = 0; i < cells.length; i++) to.cells[i] = (to.cells[i] as number) + (cells[i] as number);
  to.beyond.sumBelow += beyond.sumBelow;
  to.beyond.sumAbove += beyond.sumAbove;
  to.beyond.least = Math.min(to.beyond.least, beyond.least);
  to.beyond.largest = Math.max(to.beyond.largest, beyond.largest);
  for (const name of unseen) noteUnseen(to, name);
}

/** Forgets all. */
export function clearTally({ cells, beyond, unseen }: ColumnTally): void {
  cells.fill(0);
  Object.assign(beyond, {
    sumBelow: 0,
    sumAbove: 0,
    least: Number.POSITIVE_INFINITY,
    largest: Number.NEGATIVE_INFINITY,
  });
  unseen.clear();
}

/** Keeps the name of a category that the reference does not list, as long as there are few. */
export function noteUnseen({ unseen }: ColumnTally, name: string): void {
  if (unseen.size < MAX_UNSEEN) unseen.add(name.slice(0, 100));
}
