// Adds a version to a view: rows of earlier versions are carried over as they lie, and only what is new is computed.

import type { ColumnTable } from 'arquero';
import type { RunControl } from '../../core/progress.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { type TimeSlice, timeSlice } from '../../core/time-slice.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { makeTable } from '../../table/make-table.js';
import { readColumn } from '../../table/read-column.js';
import type { Moments } from '../label-moments.js';
import { viewColumns } from '../view-columns.js';
import type { FeatureView } from '../view-types.js';
import type { GivenMoments, Snapshot } from './asked-moments.js';
import { askedMoments } from './asked-moments.js';
import { AS_OF, type FeatureVersion } from './feature-version.js';
import { publishVersion } from './publish-version.js';
import { type HashedSource, hashSources, type SourceFingerprint, sourceFingerprints } from './source-fingerprint.js';
import { joinMoments, newMoments, storedEntities } from './stored-moments.js';
import { readRows } from './stored-rows.js';
import { schemaHash } from './view-definition.js';
import { latestVersion, type ViewDirectory } from './view-directory.js';

/** How to build. */
export interface BuildControl extends Pick<RunControl, 'signal'> {
  /**
   * Computes the rows of earlier versions again, for a view or a past that changed; otherwise they are carried over.
   */
  readonly full?: boolean | undefined;
}

/** What a version is to be built of. */
export interface VersionPlan {
  readonly view: FeatureView;
  readonly tables: Readonly<Record<string, ColumnTable>>;
  readonly request: (Snapshot | GivenMoments) & BuildControl;
  readonly codeVersion: string;
}

/**
 * Builds the next version; gives the last one where there is nothing new.
 * @throws FEATURES_CHANGED where rows cannot be carried over, VERSION_CONFLICT where another process was first, DATA_EMPTY
 * and those of views and of storage; nothing is visible then
 */
export async function buildVersion(directory: ViewDirectory, plan: VersionPlan): Promise<FeatureVersion> {
  const { view, tables, request, codeVersion } = plan;
  refuseAsOf(view);
  const slice = timeSlice(request.signal);
  const previous = await latestVersion(directory);
  const full = request.full === true;
  if (previous !== undefined && !full) refuseChangedView(previous, view);
  const stored = previous && storedMoments(await readRows(directory, previous), previous.entity);
  const asked = askedMoments(view, tables, request);
  const fresh = newMoments(stored, asked, view.entity);
  if (previous !== undefined && !full && fresh.epochMs.length === 0) return previous;
  const sources = await hashSources(view, tables, slice);
  if (previous !== undefined && stored !== undefined && !full) {
    const past = await sourceFingerprints(sources, storedEntities(stored, view.entity), slice);
    refuseChangedPast(previous, past);
  }
  const all = joinMoments(stored, fresh, view.entity);
  const computed = full ? all : fresh;
  if (computed.epochMs.length === 0) throw new TabwrightError('DATA_EMPTY', 'build: there is no row to store');
  const features = await viewColumns(view, computed, tables, slice);
  const rows = makeTable([[view.entity, computed.entities], [AS_OF, new DateColumn(computed.epochMs)], ...features]);
  const watermarkMs = Math.max(asked.untilMs, previous === undefined ? asked.untilMs : Date.parse(previous.watermark));
  return publishVersion(directory, {
    view,
    rows,
    previous: { version: previous?.version ?? 0, parts: full ? [] : (previous?.parts ?? []) },
    facts: {
      codeVersion,
      ...(await describeRows(sources, all, view, slice)),
      watermark: new Date(watermarkMs).toISOString(),
    },
    signal: request.signal,
  });
}

async function describeRows(sources: readonly HashedSource[], all: Moments, view: FeatureView, slice: TimeSlice) {
  const entities = storedEntities(all, view.entity);
  return {
    entityType: all.entities instanceof DictionaryColumn ? ('string' as const) : ('number' as const),
    nRows: all.epochMs.length,
    nEntities: entities.lastMs.filter((ms) => ms > Number.NEGATIVE_INFINITY).length,
    sources: await sourceFingerprints(sources, entities, slice),
  };
}

function storedMoments(rows: ColumnTable, entity: string): Moments {
  return { entities: readColumn(rows, entity), epochMs: (readColumn(rows, AS_OF) as DateColumn).epochMs };
}

function refuseAsOf(view: FeatureView): void {
  const names = [view.entity, ...view.features.map(({ name }) => name)];
  if (!names.includes(AS_OF) && new Set(names).size === names.length) return;
  throw new TabwrightError(
    'SCHEMA_INVALID',
    `build: no column may be named ${AS_OF}, and no feature like the entity column ${view.entity}`,
  );
}

function refuseChangedView(previous: FeatureVersion, view: FeatureView): void {
  if (previous.schemaHash === schemaHash(view)) return;
  const { view: name, version } = previous;
  throw new TabwrightError('FEATURES_CHANGED', `view ${name} is not declared as ${name}/${version} was; build in full`);
}

function refuseChangedPast(previous: FeatureVersion, now: Readonly<Record<string, SourceFingerprint>>): void {
  const name = Object.keys(now).find((source) => {
    const before = previous.sources[source];
    return before?.digest !== now[source]?.digest || before?.nRows !== now[source]?.nRows;
  });
  if (name === undefined) return;
  throw new TabwrightError(
    'FEATURES_CHANGED',
    `view ${previous.view}: source ${name} is not in its past what ${previous.view}/${previous.version} was made from; build in full`,
  );
}
