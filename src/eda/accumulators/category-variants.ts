// Strings that are one category written in several ways: they differ in case, white space or Unicode form alone.
import type { CategoryVariants } from '../column-profile-types.js';
import { shareOf } from '../share-of.js';

const MAX_VALUE_LENGTH = 200;

/** The groups of variants, or undefined where there are none. */
export function categoryVariants(
  counts: ReadonlyMap<string, number>,
  nRows: number,
  nShown: number,
): CategoryVariants | undefined {
  const groups = new Map<string, [string, number][]>();
  for (const [value, count] of counts) {
    if (value.length > MAX_VALUE_LENGTH) continue;
    const form = value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
    const group = groups.get(form);
    if (group === undefined) groups.set(form, [[value, count]]);
    else group.push([value, count]);
  }
  const several = [...groups.values()].filter((group) => group.length > 1);
  if (several.length === 0) return undefined;
  for (const group of several) group.sort((a, b) => b[1] - a[1]);
  const others = (group: readonly [string, number][]) => group.slice(1).reduce((sum, [, count]) => sum + count, 0);
  several.sort((a, b) => others(b) - others(a));
  return {
    nGroups: several.length,
    rows: shareOf(
      several.reduce((sum, group) => sum + others(group), 0),
      nRows,
    ),
    groups: several
      .slice(0, nShown)
      .map((group) => group.slice(0, nShown).map(([value, count]) => ({ value, ...shareOf(count, nRows) }))),
  };
}
