// Reads features from an online store, and finds out why there are none.
import type { Cell } from '../../core/cell.js';
import { DAY_MS } from '../../core/day-ms.js';
import type { OnlineStore } from '../../core/online-store.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { FeatureView } from '../view-types.js';
import { onlineNamespace, onlineVersion } from './materialise-version.js';
import { onlineKey, readOnlineRow } from './online-row.js';
import { type FeatureColumnType, featureColumns, schemaHash } from './view-definition.js';
import { latestVersion, type ViewDirectory } from './view-directory.js';

/** A declared view, with what looking features up needs at hand. */
export interface OnlineView {
  readonly directory: ViewDirectory;
  readonly view: FeatureView;
  readonly schemaHash: string;
  readonly namespace: string;
  readonly columns: readonly FeatureColumnType[];
  readonly online: OnlineStore;
  /** Infinity for never. */
  readonly ttlDays: number;
}

type Row = Readonly<Record<string, Cell>>;

/** Prepares look-ups of a view. */
export function openView(
  directory: ViewDirectory,
  view: FeatureView,
  online: OnlineStore,
  ttlDays = Number.POSITIVE_INFINITY,
): OnlineView {
  const hash = schemaHash(view);
  const namespace = onlineNamespace(directory.name, hash);
  return { directory, view, schemaHash: hash, namespace, columns: featureColumns(view), online, ttlDays };
}

/** @throws FEATURES_NOT_FOUND, FEATURES_EXPIRED, FEATURES_CHANGED, BUNDLE_INVALID, STORAGE_FAILED */
export async function readOnline(opened: OnlineView, entity: string | number): Promise<Row> {
  const { online, namespace, columns, directory, ttlDays } = opened;
  const [text] = await online.read(namespace, [onlineKey(entity)]);
  if (text === undefined) throw await reasonOfNone(opened);
  const { asOfMs, row } = readOnlineRow(text, columns);
  if (!isExpired(opened, asOfMs)) return row;
  throw new TabwrightError(
    'FEATURES_EXPIRED',
    `${directory.name}: the features of the entity are older than ttlDays (${ttlDays})`,
  );
}

/** @throws BUNDLE_INVALID, STORAGE_FAILED */
export async function readOnlineAll(
  opened: OnlineView,
  entities: readonly (string | number)[],
): Promise<(Row | undefined)[]> {
  const texts = await opened.online.read(opened.namespace, entities.map(onlineKey));
  return texts.map((text) => {
    if (text === undefined) return undefined;
    const { asOfMs, row } = readOnlineRow(text, opened.columns);
    return isExpired(opened, asOfMs) ? undefined : row;
  });
}

function isExpired({ ttlDays }: OnlineView, asOfMs: number): boolean {
  return Date.now() - asOfMs > ttlDays * DAY_MS;
}

async function reasonOfNone({ online, namespace, directory, schemaHash: hash }: OnlineView): Promise<TabwrightError> {
  const { name } = directory;
  if ((await onlineVersion(online, namespace)) !== undefined) {
    return new TabwrightError('FEATURES_NOT_FOUND', `${name}: there are no features of the entity online`);
  }
  const latest = await latestVersion(directory);
  if (latest !== undefined && latest.schemaHash !== hash) {
    const rule = `is not declared as ${name}/${latest.version} was; build in full and materialise`;
    return new TabwrightError('FEATURES_CHANGED', `view ${name} ${rule}`);
  }
  return new TabwrightError('FEATURES_NOT_FOUND', `view ${name} is not online; build and materialise it first`);
}
