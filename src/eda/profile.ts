// Profiles a table: reads it once, in chunks, on threads, then looks at what was kept of it.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from '../core/data-loader.js';
import type { ProgressListener } from '../core/progress.js';
import { createRandom } from '../core/random.js';
import { resolveOptions } from '../core/resolve-options.js';
import { type TimeSlice, timeSlice } from '../core/time-slice.js';
import { VERSION } from '../core/version.js';
import type { AccumulatorSettings } from './accumulators/accumulator-settings.js';
import { associationMatrices, associationSample, canAssociate } from './association-matrices.js';
import type { ColumnProfile } from './column-profile-types.js';
import { type EqualPair, equalPairs } from './equal-pairs.js';
import { type GatheredTable, gatherTable } from './gather-table.js';
import { interactions } from './interactions.js';
import { missingProfile } from './missing-profile.js';
import { profileAlerts } from './profile-alerts.js';
import { crewSize, type ProfileCrew, withCrew } from './profile-crew.js';
import {
  type AlertThresholds,
  alertOptions,
  type ProfileOptions,
  profileOptions,
  type ResolvedProfileOptions,
} from './profile-options.js';
import type { Associations, Interaction, Overview, Profile, RowSample } from './profile-types.js';
import { proposeFeatures } from './propose-features.js';
import { redactProfile } from './redact-profile.js';
import { seriesStatistics } from './series-statistics.js';
import { shareOf } from './share-of.js';
import type { TableSource } from './table-source.js';
import { type TargetAnalysis, targetProfile } from './target-profile.js';
import { withTable } from './with-table.js';

/** Rows of a loader that are exact by default. */
const EXACT_ROWS = 131_072;
/** Cells of the sample: more columns have fewer rows. */
const MAX_SAMPLE_CELLS = 2 ** 24;
const MIN_SAMPLE_ROWS = 100;
const MINIMAL_SAMPLE_ROWS = 10_000;
/** Counters for frequent numbers of all columns together, and for one. */
const MAX_COUNTERS = 2 ** 21;
const COLUMN_COUNTERS = { least: 1024, most: 32_768 };
/** Associations may be with many columns; in pages and alerts the first ones are enough. */
const MAX_EQUAL_COLUMNS = 200;
const ORDERED = ['numeric', 'datetime'];

/** A run of the profiler. */
interface Run {
  readonly options: ResolvedProfileOptions;
  readonly thresholds: AlertThresholds;
  readonly slice: TimeSlice;
  readonly startMs: number;
  readonly onProgress: ProgressListener | undefined;
}

/**
 * Profiles a table in memory, or one that a loader reads (in batches where it can, so that memory does not grow with rows). All
 * numbers are exact up to `exactRows`; past it, sketches stand in for what would need all rows, and say how exact they are.
 * Associations, interactions and the target are computed from a seeded sample of `sampleRows`. Threads change time only.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, COLUMN_MISSING, TARGET_INVALID, CANCELLED, and the errors of the loader
 * @example
 * const report = await profile(csv('prospects.csv'), { target: 'converted' });
 */
export async function profile(data: DataLoader | ColumnTable, options: ProfileOptions = {}): Promise<Profile> {
  const { alerts, signal, onProgress, ...own } = options;
  const resolved = resolveOptions(profileOptions, own);
  const run: Run = {
    options: resolved,
    thresholds: resolveOptions(alertOptions, alerts),
    slice: timeSlice(signal),
    startMs: Date.now(),
    onProgress,
  };
  const control = { table: resolved.table, signal, onProgress };
  return withTable(data, control, (table) => {
    const nThreads = table.isSmall && resolved.numThreads === 0 ? 0 : crewSize(resolved.numThreads, table.isReadHere);
    return withCrew(nThreads, run.slice, (crew) => profileTable(run, table, crew));
  });
}

async function profileTable(run: Run, source: TableSource, crew: ProfileCrew): Promise<Profile> {
  const { options } = run;
  const gathered = await gatherTable({
    source,
    crew,
    settings: (nColumns) => settingsFor(run, nColumns, source.isInMemory),
    shownRows: options.shownRows,
    seriesRows: options.timeSeries ? options.sampleRows : 0,
  });
  run.onProgress?.({ phase: 'profile', completed: 1, total: 2, message: 'columns' });
  const columns = gathered.columns.map(
    ({ profile: known }, index): ColumnProfile => ({ name: source.names[index] as string, index, ...known }),
  );
  const related = await relate(run, gathered, columns, crew);
  run.onProgress?.({ phase: 'profile', completed: 2, total: 2, message: 'associations' });
  const whole = assemble(run, gathered, related, crew);
  return options.redact ? redactProfile(whole) : whole;
}

function settingsFor({ options, startMs }: Run, nColumns: number, isInMemory: boolean): AccumulatorSettings {
  const { exactRows, sampleRows, seed, minimal, bins, topValues, extremeValues } = options;
  const counters = 2 ** Math.floor(Math.log2(MAX_COUNTERS / Math.max(1, nColumns)));
  const affordable = Math.max(MIN_SAMPLE_ROWS, Math.floor(MAX_SAMPLE_CELLS / Math.max(1, nColumns)));
  return {
    exactRows: exactRows === undefined ? (isInMemory ? Number.MAX_SAFE_INTEGER : EXACT_ROWS) : exactRows,
    sampleRows: Math.min(minimal ? MINIMAL_SAMPLE_ROWS : sampleRows, affordable),
    seed,
    isMinimal: minimal,
    bins,
    topValues,
    extremeValues,
    counters: Math.min(COLUMN_COUNTERS.most, Math.max(COLUMN_COUNTERS.least, counters)),
    nowMs: startMs,
  };
}

/** What is about several columns. */
interface Related {
  readonly columns: readonly ColumnProfile[];
  readonly associations: Associations;
  readonly interactions: readonly Interaction[];
  readonly analysis: TargetAnalysis | undefined;
  readonly equal: readonly EqualPair[];
}

async function relate(
  { options, slice, thresholds }: Run,
  { sample, series, nRows }: GatheredTable,
  columns: readonly ColumnProfile[],
  crew: ProfileCrew,
): Promise<Related> {
  const { target, positive, minimal, timeSeries, timeColumn } = options;
  const question = target === undefined ? undefined : { column: target, positive, totalRows: nRows, slice };
  const analysis = question && (await targetProfile(columns, sample, question));
  const ofSeries = timeSeries
    ? await seriesStatistics(columns, series, {
        timeColumn,
        threshold: thresholds.seasonal,
        stationary: thresholds.nonStationary,
        slice,
      })
    : undefined;
  const complete = columns.map((column): ColumnProfile => {
    const relation = analysis?.relations.get(column.index);
    const found = ofSeries?.get(column.index);
    return { ...column, ...(relation && { target: relation }), ...(found && { series: found }) };
  });
  if (minimal) return { columns: complete, associations: NO_ASSOCIATIONS, interactions: [], analysis, equal: [] };
  const crossed = columns.filter(({ type }) => ORDERED.includes(type)).slice(0, options.interactionColumns);
  // Threads associate while this one does the rest.
  const [associations, grids, equal] = await Promise.all([
    associate(options, sample, columns, { nRows, crew }),
    interactions(crossed, sample, { totalRows: nRows, slice }),
    equalPairs(columns.slice(0, MAX_EQUAL_COLUMNS), sample, { threshold: thresholds.nearDuplicate, slice }),
  ]);
  return { columns: complete, associations, interactions: grids, analysis, equal };
}

const NO_ASSOCIATIONS: Associations = { matrices: [], nLeftOut: 0 };

async function associate(
  { associationColumns, kendallRows, target }: ResolvedProfileOptions,
  rows: GatheredTable['sample'],
  columns: readonly ColumnProfile[],
  { nRows, crew }: { readonly nRows: number; readonly crew: ProfileCrew },
): Promise<Associations> {
  const eligible = columns.filter(canAssociate);
  const wanted = eligible.filter(({ name }, i) => i < associationColumns || name === target);
  const chosen = wanted.length > associationColumns ? wanted.filter((_, i) => i !== associationColumns - 1) : wanted;
  if (chosen.length < 2) return { matrices: [], nLeftOut: eligible.length - chosen.length };
  const sample = associationSample(chosen, rows, { kendallRows, isShared: crew.nThreads > 0 });
  const matrices = associationMatrices(sample, await crew.associate(sample), nRows);
  return { matrices, nLeftOut: eligible.length - chosen.length };
}

function assemble(run: Run, gathered: GatheredTable, related: Related, crew: ProfileCrew): Profile {
  const { options, thresholds } = run;
  const { columns, associations, analysis } = related;
  const { duplicates, sample, nRows } = gathered;
  const target = analysis?.target;
  const auto = associations.matrices.find(({ kind }) => kind === 'auto');
  const alerts = profileAlerts({
    columns,
    duplicates,
    auto,
    equalPairs: related.equal,
    thresholds,
    ...(target && { target }),
  });
  const features = proposeFeatures(columns, alerts, target, options.redact);
  return {
    format: 'tabwright.profile/1',
    title: options.title,
    isRedacted: false,
    isMinimal: options.minimal,
    overview: overviewOf(gathered, columns, alerts.length),
    alerts,
    columns,
    associations,
    interactions: related.interactions,
    missing: missingProfile(columns, gathered.columns, {
      rows: sample,
      totalRows: nRows,
      maxColumns: options.associationColumns,
    }),
    duplicates,
    sample: rowsShown(gathered, options),
    ...(target && { target }),
    ...(features && { features }),
    reproduction: reproductionOf(run, sample.nRows, crew.nThreads),
  };
}

function overviewOf(
  { nRows, duplicates, columns: read }: GatheredTable,
  columns: readonly ColumnProfile[],
  nAlerts: number,
): Overview {
  const types: Partial<Record<ColumnProfile['type'], number>> = {};
  for (const { type } of columns) types[type] = (types[type] ?? 0) + 1;
  const nCells = nRows * columns.length;
  const memoryBytes = columns.reduce((sum, column) => sum + column.memoryBytes, 0);
  return {
    nRows,
    nColumns: columns.length,
    nCells,
    missingCells: shareOf(
      columns.reduce((sum, { missing }) => sum + missing.count, 0),
      nCells,
    ),
    duplicateRows: duplicates.rows,
    memoryBytes,
    bytesPerRow: nRows === 0 ? null : memoryBytes / nRows,
    types,
    nAlerts,
    isExact: duplicates.isExact && read.every(({ isExact }) => isExact),
  };
}

function rowsShown(
  { head, tail, sample, nRows }: GatheredTable,
  { shownRows, seed }: ResolvedProfileOptions,
): RowSample {
  const places = Uint32Array.from({ length: sample.nRows }, (_, place) => place);
  const drawn = createRandom(seed).fork('shown').shuffle(places).subarray(0, shownRows);
  const inOrder = [...drawn].sort((a, b) => sample.rowNumber(a) - sample.rowNumber(b));
  const isWhole = nRows <= shownRows;
  return { head, tail: isWhole ? [] : tail, random: isWhole ? [] : inOrder.map((place) => sample.cells(place)) };
}

function reproductionOf(
  { options, thresholds, startMs }: Run,
  sampleRows: number,
  nThreads: number,
): Profile['reproduction'] {
  const finishedMs = Date.now();
  return {
    version: VERSION,
    startedAt: new Date(startMs).toISOString(),
    finishedAt: new Date(finishedMs).toISOString(),
    durationMs: finishedMs - startMs,
    source: options.source ?? null,
    options: Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value ?? null])),
    alertThresholds: { ...thresholds },
    seed: options.seed,
    sampleRows,
    nThreads,
  };
}
