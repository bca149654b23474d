// Profiles of like tables side by side: what changed in each column, and histograms laid over each other.
import { TabwrightError } from '../core/tabwright-error.js';
import type { ColumnProfile, Histogram } from './column-profile-types.js';
import { profileDrift } from './profile-drift.js';
import type { ComparedColumn, Profile, ProfileComparison } from './profile-types.js';

const N_BINS = 30;
/** Missing shares that differ by so much have changed. */
const MISSING_CHANGE = 0.01;
/** Of the reference's range, a range may reach so far beyond. */
const RANGE_CHANGE = 0.01;

/**
 * Compares profiles by their names, the first of which is the reference: `compareProfiles({ train, current })`. Measures of drift
 * come from the profiles' bins and categories; `detectDrift` measures rows.
 * @throws OPTION_INVALID for fewer than two profiles
 */
export function compareProfiles(profiles: Readonly<Record<string, Profile>>): ProfileComparison {
  const entries = Object.entries(profiles);
  if (entries.length < 2)
    throw new TabwrightError('OPTION_INVALID', 'compareProfiles: there must be two profiles or more');
  const names = new Set(entries.flatMap(([, { columns }]) => columns.map(({ name }) => name)));
  const byName = entries.map(([, { columns }]) => new Map(columns.map((column) => [column.name, column])));
  return {
    format: 'tabwright.comparison/1',
    names: entries.map(([name]) => name),
    profiles: entries.map(([name, { overview, alerts, reproduction }]) => ({ name, overview, alerts, reproduction })),
    columns: [...names].map((name) =>
      comparedColumn(
        name,
        byName.map((columns) => columns.get(name) ?? null),
      ),
    ),
  };
}

function comparedColumn(name: string, profiles: readonly (ColumnProfile | null)[]): ComparedColumn {
  const [reference, ...others] = profiles;
  const changes = new Set(others.flatMap((other) => changesOf(reference ?? null, other)));
  const overlay = overlayOf(profiles);
  return { name, profiles, changes: [...changes], overlay, drift: profileDrift(profiles, overlay) };
}

function changesOf(reference: ColumnProfile | null, other: ColumnProfile | null): string[] {
  if (reference === null || other === null) return reference === other ? [] : ['presence'];
  const isNumeric = reference.type === 'numeric' && other.type === 'numeric';
  return [
    ...(reference.type === other.type ? [] : ['type']),
    ...(Math.abs(reference.missing.share - other.missing.share) > MISSING_CHANGE ? ['missing'] : []),
    ...(isNumeric && isBeyond(reference, other) ? ['range'] : []),
    ...(hasNewLevels(reference, other) ? ['levels'] : []),
  ];
}

function isBeyond({ numeric: reference }: ColumnProfile, { numeric: other }: ColumnProfile): boolean {
  if (reference?.minimum == null || reference.maximum == null || other?.minimum == null || other.maximum == null)
    return false;
  const slack = RANGE_CHANGE * (reference.maximum - reference.minimum);
  return other.minimum < reference.minimum - slack || other.maximum > reference.maximum + slack;
}

/** Of categories that are all listed; redacted ones are not compared. */
function hasNewLevels({ type, top: reference }: ColumnProfile, { top: other }: ColumnProfile): boolean {
  if ((type !== 'categorical' && type !== 'boolean') || reference === undefined || other === undefined) return false;
  if (reference.other.count > 0) return false;
  const known = new Set(reference.values.map(({ value }) => value));
  return !known.has(null) && other.values.some(({ value }) => value !== null && !known.has(value));
}

/** Shares over the same bins; counts of a bin are spread evenly over it. */
function overlayOf(profiles: readonly (ColumnProfile | null)[]): ComparedColumn['overlay'] {
  const histograms = profiles.map((profile) => profile?.histogram).map(withEdges);
  const found = histograms.filter((histogram) => histogram !== undefined);
  if (found.length < 2 || new Set(found.map(({ of }) => of)).size > 1) return null;
  const edges = commonEdges(found);
  return {
    edges,
    shares: histograms.map((histogram) => (histogram === undefined ? null : sharesOver(histogram, edges))),
  };
}

function withEdges(histogram: Histogram | undefined): Histogram | undefined {
  return histogram !== undefined && histogram.edges.length > 1 ? histogram : undefined;
}

function commonEdges(histograms: readonly Histogram[]): number[] {
  const low = Math.min(...histograms.map(({ edges }) => edges[0] as number));
  const high = Math.max(...histograms.map(({ edges }) => edges[edges.length - 1] as number));
  const isInteger = histograms.every((histogram) => histogram.isInteger);
  const width = isInteger ? Math.max(1, Math.ceil((high - low) / N_BINS)) : (high - low) / N_BINS;
  const nBins = Math.max(1, Math.ceil((high - low) / width - 1e-9));
  return Array.from({ length: nBins + 1 }, (_, i) => (isInteger || i < nBins ? low + i * width : high));
}

function sharesOver({ edges, counts, spike }: Histogram, over: readonly number[]): number[] {
  const shares = new Array<number>(over.length - 1).fill(0);
  const total = counts.reduce((sum, count) => sum + count, spike?.count ?? 0);
  for (const [i, count] of counts.entries()) {
    const from = edges[i] as number;
    const to = edges[i + 1] as number;
    for (const bin of shares.keys()) {
      const part = Math.min(to, over[bin + 1] as number) - Math.max(from, over[bin] as number);
      if (part > 0) shares[bin] = (shares[bin] as number) + (count / total) * (part / (to - from));
    }
  }
  const at = spike?.value == null ? -1 : over.findLastIndex((edge) => edge <= (spike.value as number));
  if (spike !== null && at >= 0 && at < shares.length) shares[at] = (shares[at] as number) + spike.count / total;
  return shares;
}
