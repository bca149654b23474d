// From validation options to rows: every kind of split as folds of row positions, the same for the same seed.
import type { Task } from '../core/feature-spec.js';
import { createRandom } from '../core/random.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from '../table/column.js';
import type { Fold } from './fold.js';
import { groupedHoldout, groupedParts } from './grouped-parts.js';
import { partsToFolds } from './parts-to-folds.js';
import { holdoutParts, kFoldParts } from './row-parts.js';
import { stratifiedHoldout, stratifiedParts } from './stratified-parts.js';
import { timeOrderedFolds } from './time-ordered-folds.js';
import type { Validation } from './validation-options.js';

/** What a split may depend on. */
export interface SplitData {
  readonly nRows: number;
  readonly task: Task;
  /** Float64Array [nRows]: class positions, or the values of a regression. */
  readonly target: Float64Array;
  /** The column that `validation.group` names, [nRows]. */
  readonly groups?: Column | undefined;
  /** The column that `validation.time` names, [nRows], of dates or numbers. */
  readonly times?: Column | undefined;
  readonly seed: number;
}

/**
 * The folds of a validation; none where it asks for none. Every row is tested at most once, and in k folds exactly once.
 * @throws SPLIT_INVALID where rows, classes, groups or times are too few, naming how many there are
 * @throws OPTION_INVALID where a regression is to be stratified, or the column that an option names is not given
 * @throws COLUMN_INVALID where a group or time is missing, or times are neither dates nor numbers
 */
export function makeSplits(validation: Validation, data: SplitData): readonly Fold[] {
  if (validation.folds === 0 && validation.holdout === undefined) return [];
  const folds = split(validation, data);
  if (data.task !== 'regression') checkClasses(folds, data.target);
  return folds;
}

function split(validation: Validation, data: SplitData): Fold[] {
  if (validation.time !== undefined)
    return timeOrderedFolds(given(data.times, 'time'), testSizes(validation, data.nRows));
  return validation.holdout === undefined
    ? partsToFolds(foldParts(validation, data), validation.folds)
    : partsToFolds(testPart(validation, data, holdoutSize(validation.holdout, data.nRows)), 1);
}

function foldParts(validation: Validation, data: SplitData): Uint32Array {
  const random = validation.shuffle ? splitRandom(data) : undefined;
  if (validation.group !== undefined) return groupedParts(given(data.groups, 'group'), validation.folds, random);
  if (isStratified(validation, data.task)) return stratifiedParts(data.target, validation.folds, random);
  if (data.nRows < validation.folds) {
    throw invalid(`folds must be <= the number of rows, got ${validation.folds} folds and ${data.nRows} rows`);
  }
  return kFoldParts(data.nRows, validation.folds, random);
}

function testPart(validation: Validation, data: SplitData, nTest: number): Uint32Array {
  if (!validation.shuffle) return holdoutParts(data.nRows, nTest, undefined);
  const random = splitRandom(data);
  if (validation.group !== undefined) return groupedHoldout(given(data.groups, 'group'), nTest, random);
  if (isStratified(validation, data.task)) return stratifiedHoldout(data.target, nTest, random);
  return holdoutParts(data.nRows, nTest, random);
}

function isStratified({ stratified }: Validation, task: Task): boolean {
  if (stratified === true && task === 'regression') {
    throw new TabwrightError('OPTION_INVALID', 'validation: stratified must be false for a regression, got true');
  }
  return stratified ?? task !== 'regression';
}

/** As many test rows as the share comes to, rounded, but at least one on each side; or the number itself. */
function holdoutSize(holdout: number, nRows: number): number {
  if (nRows < 2) throw invalid(`a holdout needs at least 2 rows, got ${nRows}`);
  if (holdout < 1) return Math.min(Math.max(Math.round(holdout * nRows), 1), nRows - 1);
  if (holdout < nRows) return holdout;
  throw invalid(`holdout must be fewer than all rows, got ${holdout} of ${nRows}`);
}

/** Equal parts of which the first one more is only trained on, as in scikit-learn; the one part of a holdout. */
function testSizes({ folds, holdout }: Validation, nRows: number): number[] {
  if (holdout !== undefined) return [holdoutSize(holdout, nRows)];
  if (nRows <= folds)
    throw invalid(`time-ordered folds must be < the number of rows, got ${folds} folds and ${nRows} rows`);
  return new Array<number>(folds).fill(Math.floor(nRows / (folds + 1)));
}

function splitRandom({ seed }: SplitData): ReturnType<typeof createRandom> {
  return createRandom(seed).fork('validation');
}

/** A classifier cannot learn from rows of one class. */
function checkClasses(folds: readonly Fold[], target: Float64Array): void {
  folds.forEach(({ train }, i) => {
    const first = target[train[0] as number];
    if (train.every((row) => target[row] === first)) {
      throw invalid(
        `every training part must have rows of two classes or more, got one class in part ${i + 1} of ${folds.length}`,
      );
    }
  });
}

function given(column: Column | undefined, option: string): Column {
  if (column !== undefined) return column;
  throw new TabwrightError('OPTION_INVALID', `validation: ${option} names a column, but no column was given`);
}

function invalid(rule: string): TabwrightError {
  return new TabwrightError('SPLIT_INVALID', `validation: ${rule}`);
}
