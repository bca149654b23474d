// Brings the latest features of every entity of a version online, and again only those that came since what is there.
import type { ColumnTable } from 'arquero';
import { DAY_MS } from '../../core/day-ms.js';
import type { OnlineEntry, OnlineStore } from '../../core/online-store.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { type TimeSlice, timeSlice } from '../../core/time-slice.js';
import type { DateColumn } from '../../table/date-column.js';
import { readColumn } from '../../table/read-column.js';
import { entityIndex } from '../entity-index.js';
import { timeOrder } from '../time-order.js';
import { AS_OF, type FeatureVersion } from './feature-version.js';
import { onlineKey, writeOnlineRow } from './online-row.js';
import { readRows } from './stored-rows.js';
import { definedView } from './view-definition.js';
import { readVersion, type ViewDirectory, versionNumbers } from './view-directory.js';

/** What a materialisation did. */
export interface Materialised {
  readonly view: string;
  /** The version that is online now. */
  readonly version: number;
  /** Entities whose features were written. */
  readonly nWritten: number;
  /** Entities that the version does not have, and that went. */
  readonly nRemoved: number;
}

/** Where and for how long. */
export interface OnlineTarget {
  readonly online: OnlineStore;
  /** Days after which features count as expired; Infinity for never. */
  readonly ttlDays: number;
  readonly signal: AbortSignal | undefined;
}

type Change = readonly [key: string, entry: OnlineEntry | null];

/** Holds the version that is online, by namespace. No view's namespace is called so: those end with a hash. */
const MARKS = 'materialised';
const BATCH = 10_000;

/** Where an online store keeps a view's features: views of other declarations lie beside each other. */
export function onlineNamespace(view: string, hash: string): string {
  return `${view}.${hash.slice(0, 12)}`;
}

/** The version that is online; undefined where none is. @throws BUNDLE_INVALID and what the store throws */
export async function onlineVersion(online: OnlineStore, namespace: string): Promise<number | undefined> {
  const [text] = await online.read(MARKS, [namespace]);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new TabwrightError('BUNDLE_INVALID', `online store: the mark of ${namespace} is cut off or altered`);
}

/**
 * Writes a version's latest row of each entity, or only those that are not online yet. The mark comes last: after a kill the
 * same rows are written again.
 * @throws FEATURES_NOT_FOUND, BUNDLE_INVALID, STORAGE_FAILED, STORAGE_FULL, CANCELLED and what the online store throws
 */
export async function materialiseVersion(
  directory: ViewDirectory,
  version: FeatureVersion,
  { online, ttlDays, signal }: OnlineTarget,
): Promise<Materialised> {
  const slice = timeSlice(signal);
  const namespace = onlineNamespace(directory.name, version.schemaHash);
  const marked = await onlineVersion(online, namespace);
  const result = { view: directory.name, version: version.version, nWritten: 0, nRemoved: 0 };
  if (marked === version.version) return result;
  const before = await storedBefore(directory, marked);
  const nOnline = before !== undefined && isContinued(before, version) ? before.nRows : 0;
  const latest = latestRows(await readRows(directory, version), version);
  const gone =
    before === undefined || nOnline > 0 ? [] : goneKeys(latestRows(await readRows(directory, before), before), latest);
  const changes = rowChanges(latest, version, nOnline, ttlDays * DAY_MS);
  const nWritten = await writeAll(online, namespace, changes, slice);
  const nRemoved = await writeAll(
    online,
    namespace,
    gone.map((key): Change => [key, null]),
    slice,
  );
  await online.write(MARKS, [[namespace, { value: String(version.version), keepUntil: undefined }]]);
  return { ...result, nWritten, nRemoved };
}

async function storedBefore(directory: ViewDirectory, marked: number | undefined): Promise<FeatureVersion | undefined> {
  if (marked === undefined || !(await versionNumbers(directory)).includes(marked)) return undefined;
  return readVersion(directory, marked);
}

/** Whether the rows of one version are the first rows of the other. */
function isContinued(before: FeatureVersion, after: FeatureVersion): boolean {
  return before.parts.every(({ sha256 }, position) => after.parts[position]?.sha256 === sha256);
}

interface LatestRows {
  readonly rows: ColumnTable;
  /** Position of each entity's latest row, by key. */
  readonly positions: ReadonlyMap<string, number>;
}

function latestRows(rows: ColumnTable, { entity }: FeatureVersion): LatestRows {
  const entities = readColumn(rows, entity);
  const { codes, size } = entityIndex(entities, `view: ${entity}`);
  const order = timeOrder(codes, size, (readColumn(rows, AS_OF) as DateColumn).epochMs);
  const positions = new Map<string, number>();
  for (let code = 0; code < size; code++) {
    if (order.starts[code] === order.starts[code + 1]) continue;
    const row = order.rows[(order.starts[code + 1] as number) - 1] as number;
    positions.set(onlineKey(entities.at(row) as string | number), row);
  }
  return { rows, positions };
}

function goneKeys(before: LatestRows, after: LatestRows): string[] {
  return [...before.positions.keys()].filter((key) => !after.positions.has(key));
}

/** The entries of the rows from a position on. Expired ones are kept as long again, so that readers are told so. */
function* rowChanges(
  { rows, positions }: LatestRows,
  version: FeatureVersion,
  from: number,
  ttlMs: number,
): Generator<Change> {
  const times = (readColumn(rows, AS_OF) as DateColumn).epochMs;
  const columns = definedView(version.definition).features.map(({ name }) => readColumn(rows, name));
  for (const [key, row] of positions) {
    if (row < from) continue;
    const asOfMs = times[row] as number;
    const cells = columns.map((column) => column.at(row));
    const keepUntil = ttlMs === Number.POSITIVE_INFINITY ? undefined : asOfMs + 2 * ttlMs;
    yield [key, { value: writeOnlineRow(asOfMs, cells), keepUntil }];
  }
}

async function writeAll(
  online: OnlineStore,
  namespace: string,
  changes: Iterable<Change>,
  slice: TimeSlice,
): Promise<number> {
  let batch: Change[] = [];
  let nWritten = 0;
  const flush = async () => {
    if (batch.length > 0) await online.write(namespace, batch);
    nWritten += batch.length;
    batch = [];
  };
  for (const change of changes) {
    batch.push(change);
    if (batch.length === BATCH) await flush();
    if (slice.due()) await slice.pause();
  }
  await flush();
  return nWritten;
}
