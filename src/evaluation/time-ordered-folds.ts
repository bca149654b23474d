// Folds along time: each test part comes after every row it is judged against, as a forecast does.
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { ascendingOrder } from './ascending-order.js';
import type { Fold } from './fold.js';

/**
 * Expanding-window folds: rows in order of time are cut into a first training part and the test parts, each judged against
 * everything before it. Rows of one time stay together: a cut between them moves to the nearest change of time. Where all
 * times differ and the sizes are equal, the folds are those of scikit-learn's TimeSeriesSplit.
 * @param testSizes wanted rows of the test parts, oldest first, together fewer than all rows
 * @throws SPLIT_INVALID where there are too few distinct times
 * @throws COLUMN_INVALID where the column holds no times, or a time is missing
 */
export function timeOrderedFolds(times: Column, testSizes: readonly number[]): Fold[] {
  const instants = finiteTimes(times);
  const order = ascendingOrder(instants);
  const cuts = cutPositions(timeChanges(instants, order), testSizes, order.length);
  return cuts.map((cut, i) => ({
    train: order.slice(0, cut).sort(),
    test: order.slice(cut, cuts[i + 1] ?? order.length).sort(),
  }));
}

function finiteTimes(times: Column): Float64Array {
  const values = times instanceof DateColumn ? times.epochMs : times;
  if (!(values instanceof Float64Array)) {
    throw new TabwrightError('COLUMN_INVALID', 'validation: the time column must hold dates or numbers');
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new TabwrightError(
      'COLUMN_INVALID',
      `validation: the time column must have no missing value, got one in row ${bad}`,
    );
  }
  return values;
}

/** Positions in `order` where a later time begins. */
function timeChanges(instants: Float64Array, order: Uint32Array): number[] {
  const changes: number[] = [];
  for (let i = 1; i < order.length; i++) {
    if (instants[order[i] as number] !== instants[order[i - 1] as number]) changes.push(i);
  }
  return changes;
}

/** For each test part the change of time nearest to its wanted start, all different and ascending. */
function cutPositions(changes: readonly number[], testSizes: readonly number[], nRows: number): number[] {
  if (changes.length < testSizes.length) {
    const times = nRows === 0 ? 0 : changes.length + 1;
    throw new TabwrightError(
      'SPLIT_INVALID',
      `validation: ${testSizes.length} time-ordered test parts need at least ${testSizes.length + 1} distinct times, got ${times}`,
    );
  }
  let wanted = nRows - testSizes.reduce((sum, size) => sum + size, 0);
  let next = 0;
  return testSizes.map((size, part) => {
    const last = changes.length - (testSizes.length - part); // leaves a change for each later part
    while (next < last && nearer(changes, next + 1, next, wanted)) next++;
    wanted += size;
    return changes[next++] as number;
  });
}

function nearer(changes: readonly number[], a: number, b: number, to: number): boolean {
  return Math.abs((changes[a] as number) - to) < Math.abs((changes[b] as number) - to);
}
