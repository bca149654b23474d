// Adds a version to a view: rows of earlier versions are carried over as they lie, only what is new is computed, and all of it
// is published by one rename.

import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { createDirectory, makeDirectory } from '../../core/durable-files.js';
import { digestOf } from '../../core/file-digest.js';
import { publishDirectory } from '../../core/numbered-directories.js';
import type { RunControl } from '../../core/progress.js';
import { withStaging } from '../../core/staging.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { type TimeSlice, timeSlice } from '../../core/time-slice.js';
import { VERSION } from '../../core/version.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { makeTable } from '../../table/make-table.js';
import { readColumn } from '../../table/read-column.js';
import type { Moments } from '../label-moments.js';
import { viewColumns } from '../view-columns.js';
import type { FeatureView } from '../view-types.js';
import type { GivenMoments, Snapshot } from './asked-moments.js';
import { askedMoments } from './asked-moments.js';
import { AS_OF, type FeatureVersion, writeRecord } from './feature-version.js';
import { encodeParquet } from './parquet-bytes.js';
import { sourceFingerprints } from './source-fingerprint.js';
import { joinMoments, newMoments, storedEntities } from './stored-moments.js';
import { readRows } from './stored-rows.js';
import { schemaHash, viewDefinition } from './view-definition.js';
import { latestVersion, RECORD_FILE, ROWS_FILE, type ViewDirectory } from './view-directory.js';

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
  const { view, tables, request } = plan;
  refuseAsOf(view);
  const slice = timeSlice(request.signal);
  const previous = await latestVersion(directory);
  const full = request.full === true;
  if (previous !== undefined && !full) refuseChangedView(previous, view);
  const stored = previous && storedMoments(await readRows(directory, previous), previous.entity);
  const asked = askedMoments(view, tables, request);
  const fresh = newMoments(stored, asked, view.entity);
  if (previous !== undefined && !full && fresh.epochMs.length === 0) return previous;
  if (previous !== undefined && stored !== undefined && !full) {
    await refuseChangedSources(previous, plan, stored, slice);
  }
  const all = joinMoments(stored, fresh, view.entity);
  const computed = full ? all : fresh;
  if (computed.epochMs.length === 0) throw new TabwrightError('DATA_EMPTY', `build: there is no row to store`);
  const features = await viewColumns(view, computed, tables, slice);
  const rows = makeTable([[view.entity, computed.entities], [AS_OF, new DateColumn(computed.epochMs)], ...features]);
  const entities = storedEntities(all, view.entity);
  const record = {
    entityType: all.entities instanceof DictionaryColumn ? ('string' as const) : ('number' as const),
    nRows: all.epochMs.length,
    nEntities: entities.lastMs.filter((ms) => ms > Number.NEGATIVE_INFINITY).length,
    watermark: new Date(
      Math.max(asked.untilMs, previous === undefined ? asked.untilMs : Date.parse(previous.watermark)),
    ).toISOString(),
    sources: await sourceFingerprints(view, tables, entities, slice),
  };
  return publish(directory, plan, previous, { rows, carried: full ? [] : (previous?.parts ?? []), record });
}

interface NewRows {
  readonly rows: ColumnTable;
  readonly carried: FeatureVersion['parts'];
  readonly record: Pick<FeatureVersion, 'entityType' | 'nRows' | 'nEntities' | 'watermark' | 'sources'>;
}

async function publish(
  directory: ViewDirectory,
  { view, codeVersion }: VersionPlan,
  previous: FeatureVersion | undefined,
  { rows, carried, record }: NewRows,
): Promise<FeatureVersion> {
  const number = (previous?.version ?? 0) + 1;
  const bytes = await encodeParquet(rows);
  const part = { version: number, nRows: rows.numRows(), ...(await digestOf(bytes)) };
  const version: FeatureVersion = {
    view: directory.name,
    version: number,
    createdAt: new Date().toISOString(),
    schemaHash: schemaHash(view),
    codeVersion,
    tabwright: VERSION,
    entity: view.entity,
    timestamp: AS_OF,
    ...record,
    parts: [...carried, part],
    definition: viewDefinition(view),
  };
  await makeDirectory(directory.versions);
  return withStaging(directory.root, async (stage) => {
    const staged = join(stage, 'version');
    await createDirectory(
      staged,
      new Map<string, Uint8Array | string>([
        [ROWS_FILE, bytes],
        [RECORD_FILE, writeRecord(version)],
      ]),
    );
    if (await publishDirectory(staged, directory.version(number))) return version;
    const what = `${directory.name}/${number}`;
    throw new TabwrightError('VERSION_CONFLICT', `${what} was stored by another process meanwhile; build again`);
  });
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

async function refuseChangedSources(
  previous: FeatureVersion,
  { view, tables }: VersionPlan,
  stored: Moments,
  slice: TimeSlice,
): Promise<void> {
  const now = await sourceFingerprints(view, tables, storedEntities(stored, view.entity), slice);
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
