// Parts that hold every class in the same share, as evenly as whole rows allow.
import type { Random } from '../core/random.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { ascendingOrder } from './ascending-order.js';

/**
 * Part of each row in k folds: of every class, and of all rows, no fold has more than one row above another. Without
 * `random` the folds are scikit-learn's StratifiedKFold without shuffling.
 * @param target Float64Array [nRows] of class positions
 * @returns Uint32Array [nRows] of part numbers in [0, folds)
 * @throws SPLIT_INVALID where a class has fewer rows than there are folds
 */
export function stratifiedParts(target: Float64Array, folds: number, random: Random | undefined): Uint32Array {
  const parts = new Uint32Array(target.length);
  let dealt = 0;
  for (const [position, rows] of rowsByClass(target)) {
    if (rows.length < folds) {
      throw tooFew(
        `folds must be <= the rows of every class, got ${folds} folds and ${rows.length} rows of class ${position}`,
      );
    }
    const dealing = dealtParts(rows.length, folds, dealt);
    random?.shuffle(dealing);
    for (let i = 0; i < rows.length; i++) parts[rows[i] as number] = dealing[i] as number;
    dealt += rows.length;
  }
  return parts;
}

/**
 * Part 0 for about `nTest` random rows, part 1 for the others: of every class, its share of `nTest` rounded up or down, and
 * never its last row.
 * @param target Float64Array [nRows] of class positions
 * @returns Uint32Array [nRows] of 0 and 1
 * @throws SPLIT_INVALID where that leaves the test part without a row
 */
export function stratifiedHoldout(target: Float64Array, nTest: number, random: Random): Uint32Array {
  const classes = [...rowsByClass(target).values()];
  const sizes = testSizes(
    classes.map((rows) => rows.length),
    nTest,
  );
  if (sizes.every((size) => size === 0)) throw tooFew('a stratified holdout needs a class of at least 2 rows');
  const parts = new Uint32Array(target.length).fill(1);
  classes.forEach((rows, i) => {
    for (const row of random.shuffle(rows).subarray(0, sizes[i])) parts[row] = 0;
  });
  return parts;
}

/** Part numbers for the rows of one class, ascending: as many of each as when all rows, class after class, are dealt round. */
function dealtParts(nRows: number, folds: number, dealtBefore: number): Uint32Array {
  return new Uint32Array(nRows).map((_, i) => (dealtBefore + i) % folds).sort();
}

/** Rows to test of each class: its exact share rounded down, then one more for those that lost most until `nTest` is reached. */
function testSizes(counts: readonly number[], nTest: number): number[] {
  const nRows = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => (count * nTest) / nRows);
  const sizes = shares.map(Math.floor);
  const lost = (i: number): number => (shares[i] as number) - (sizes[i] as number);
  const byLoss = [...counts.keys()]
    .filter((i) => lost(i) > 0 && (sizes[i] as number) + 1 < (counts[i] as number))
    .sort((a, b) => lost(b) - lost(a));
  const missing = nTest - sizes.reduce((sum, size) => sum + size, 0);
  for (const i of byLoss.slice(0, missing)) sizes[i] = (sizes[i] as number) + 1;
  return sizes;
}

/** Ascending row positions by class, classes in order of first appearance. */
function rowsByClass(target: Float64Array): Map<number, Uint32Array> {
  const order = ascendingOrder(target);
  const runs: [number, Uint32Array][] = [];
  for (let start = 0; start < order.length; ) {
    const position = target[order[start] as number] as number;
    let end = start + 1;
    while (end < order.length && target[order[end] as number] === position) end++;
    runs.push([position, order.subarray(start, end)]);
    start = end;
  }
  return new Map(runs.sort(([, a], [, b]) => (a[0] as number) - (b[0] as number)));
}

function tooFew(rule: string): TabwrightError {
  return new TabwrightError('SPLIT_INVALID', `validation: ${rule}`);
}
