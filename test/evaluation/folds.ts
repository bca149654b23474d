// Checks that hold for every kind of split.
import { expect } from 'vitest';
import type { Fold } from '../../src/evaluation/fold.js';
import { makeSplits, type SplitData } from '../../src/evaluation/make-splits.js';
import { resolveValidation, type ValidationInput } from '../../src/evaluation/validation-options.js';

/** Folds of a regression with seed 0, but for what is given. */
export function splits(validation: ValidationInput, data: Partial<SplitData> & { nRows: number }): readonly Fold[] {
  const target = new Float64Array(data.nRows);
  return makeSplits(resolveValidation(validation), { task: 'regression', target, seed: 0, ...data });
}

/** Rows sorted by class, so many of each. */
export function classRows(counts: readonly number[]): Pick<SplitData, 'nRows' | 'target' | 'task'> {
  const target = Float64Array.from(counts.flatMap((count, position) => new Array<number>(count).fill(position)));
  return { nRows: target.length, target, task: 'multiclass' };
}

/** Every row is on exactly one side of every fold, rows ascending. */
export function expectPartitions(folds: readonly Fold[], nRows: number): void {
  for (const { train, test } of folds) {
    expect(sorted([...train, ...test])).toEqual([...Array(nRows).keys()]);
    for (const side of [train, test]) expect([...side]).toEqual(sorted(side));
  }
}

/** The rows of all test parts, ascending. */
export function testedRows(folds: readonly Fold[]): number[] {
  return sorted(folds.flatMap(({ test }) => [...test]));
}

/** How far the largest count is above the smallest. */
export function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}

function sorted(rows: Iterable<number>): number[] {
  return [...rows].sort((a, b) => a - b);
}
