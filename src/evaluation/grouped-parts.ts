// Parts that keep groups whole: all rows of a customer, a household or a patient are on one side of every split.
import type { Random } from '../core/random.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from '../table/column.js';
import { groupCodes } from './group-codes.js';

/**
 * Part of each row in k folds of whole groups: largest group first, each to the fold with fewest rows. `random` decides between
 * groups of one size.
 * @returns Uint32Array [nRows] of part numbers in [0, folds)
 * @throws SPLIT_INVALID where there are fewer groups than folds, COLUMN_INVALID where a group is missing
 */
export function groupedParts(groups: Column, folds: number, random: Random | undefined): Uint32Array {
  const { codes, nGroups } = groupCodes(groups);
  if (nGroups < folds) throw tooFew(`folds must be <= the number of groups, got ${folds} folds and ${nGroups} groups`);
  const sizes = groupSizes(codes, nGroups);
  const partOfGroup = new Uint32Array(nGroups);
  const partSizes = new Float64Array(folds);
  for (const group of groupOrder(nGroups, random).sort((a, b) => size(sizes, b) - size(sizes, a))) {
    const lightest = partSizes.indexOf(Math.min(...partSizes));
    partOfGroup[group] = lightest;
    partSizes[lightest] = size(partSizes, lightest) + size(sizes, group);
  }
  return codes.map((group) => partOfGroup[group] as number);
}

/**
 * Part 0 for random whole groups of about `nTest` rows together, part 1 for the others; at least one group is on each side.
 * @returns Uint32Array [nRows] of 0 and 1
 * @throws SPLIT_INVALID where there is one group only, COLUMN_INVALID where a group is missing
 */
export function groupedHoldout(groups: Column, nTest: number, random: Random): Uint32Array {
  const { codes, nGroups } = groupCodes(groups);
  if (nGroups < 2) throw tooFew(`a holdout of groups needs at least 2 groups, got ${nGroups}`);
  const sizes = groupSizes(codes, nGroups);
  const tested = testedGroups(groupOrder(nGroups, random), sizes, nTest, codes.length);
  return codes.map((group) => (tested.has(group) ? 0 : 1));
}

/** Groups in turn while each brings the number of rows nearer to `nTest`; the smallest one where none does. */
function testedGroups(order: Uint32Array, sizes: Uint32Array, nTest: number, nRows: number): Set<number> {
  const tested = new Set<number>();
  let total = 0;
  for (const group of order) {
    const grown = total + size(sizes, group);
    if (Math.abs(grown - nTest) > Math.abs(total - nTest) || grown === nRows) continue;
    tested.add(group);
    total = grown;
  }
  if (tested.size === 0) tested.add(order.reduce((a, b) => (size(sizes, b) < size(sizes, a) ? b : a)));
  return tested;
}

function groupSizes(codes: Uint32Array, nGroups: number): Uint32Array {
  const sizes = new Uint32Array(nGroups);
  for (const group of codes) sizes[group] = size(sizes, group) + 1;
  return sizes;
}

function groupOrder(nGroups: number, random: Random | undefined): Uint32Array {
  const order = new Uint32Array(nGroups).map((_, group) => group);
  return random === undefined ? order : random.shuffle(order);
}

function size(sizes: Uint32Array | Float64Array, index: number): number {
  return sizes[index] as number;
}

function tooFew(rule: string): TabwrightError {
  return new TabwrightError('SPLIT_INVALID', `validation: ${rule}`);
}
