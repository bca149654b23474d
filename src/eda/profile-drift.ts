// Drift between profiles, from what they keep: shares over common edges, or of categories where all of them are listed.
import type { BinShares } from '../drift/measures/bin-shares.js';
import { jensenShannonDistance } from '../drift/measures/jensen-shannon.js';
import { populationStability } from '../drift/measures/population-stability.js';
import type { ColumnProfile } from './column-profile-types.js';
import type { ComparedColumn } from './profile-types.js';

/** Measures of each profile against the first, by name; null where they cannot be compared, as the first with itself. */
export function profileDrift(
  profiles: readonly (ColumnProfile | null)[],
  overlay: ComparedColumn['overlay'],
): ComparedColumn['drift'] {
  const isNumeric = profiles[0]?.type === 'numeric';
  const found = profiles.map((profile, i) => {
    if (i === 0) return null;
    const shares = isNumeric ? overlayShares(overlay, i) : categoryShares(profiles[0], profile);
    if (shares === null) return null;
    return { 'Jensen-Shannon distance': jensenShannonDistance(shares), PSI: populationStability(shares, 'textbook') };
  });
  return found.every((each) => each === null) ? null : found;
}

function overlayShares(overlay: ComparedColumn['overlay'], at: number): BinShares | null {
  const [reference, current] = [overlay?.shares[0], overlay?.shares[at]];
  return reference && current ? { reference, current } : null;
}

function categoryShares(before: ColumnProfile | null | undefined, now: ColumnProfile | null): BinShares | null {
  const [reference, current] = [allCounts(before), allCounts(now)];
  if (reference === null || current === null) return null;
  const names = [...new Set([...reference.keys(), ...current.keys()])];
  const shares = (counts: ReadonlyMap<string, number>): number[] => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return names.map((name) => (counts.get(name) ?? 0) / total);
  };
  return { reference: shares(reference), current: shares(current) };
}

/** Rows by category; null where some are not listed by name, because there are many or they are redacted. */
function allCounts(profile: ColumnProfile | null | undefined): Map<string, number> | null {
  const { type, top } = profile ?? {};
  if ((type !== 'categorical' && type !== 'boolean') || top === undefined || top.other.count > 0) return null;
  if (top.values.length === 0 || top.values.some(({ value }) => value === null)) return null;
  return new Map(top.values.map(({ value, count }) => [String(value), count]));
}
