// The feature store's front door: views by name, their immutable versions in a directory, and their latest rows online.

import { join, resolve } from 'node:path';
import type { ColumnTable } from 'arquero';
import type { FeatureReference, Lineage } from '../../core/feature-lineage.js';
import { nearestName } from '../../core/nearest-name.js';
import type { OnlineStore } from '../../core/online-store.js';
import { type OptionsInput, optionsTable } from '../../core/options-table.js';
import type { RunControl } from '../../core/progress.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Labels } from '../labelled-rows.js';
import { fileOnlineStore } from '../online/file-online-store.js';
import type { FeatureView, ViewRow } from '../view-types.js';
import type { GivenMoments, Snapshot } from './asked-moments.js';
import { type BuildControl, buildVersion } from './build-version.js';
import { diffVersions, type VersionDiff, type VersionRows } from './diff-versions.js';
import type { FeatureVersion } from './feature-version.js';
import { type Materialised, materialiseVersion } from './materialise-version.js';
import { type OnlineView, openView, readOnline, readOnlineAll } from './read-online.js';
import { readRows } from './stored-rows.js';
import { storedTrainingSet } from './stored-training-set.js';
import {
  latestVersion,
  readVersion,
  storedViews,
  type ViewDirectory,
  versionNumbers,
  viewDirectory,
} from './view-directory.js';

/** Options of {@link createFeatureStore}, beside its views and its online store. */
export const featureStoreOptions = optionsTable('createFeatureStore', {
  dir: { type: 'string', default: './features', doc: 'Directory of the store, made by the first build.' },
  ttlDays: {
    type: 'numbers',
    exclusiveMin: 0,
    default: {},
    doc: 'Days after which features count as expired, by view; never for a view that is not named.',
  },
  codeVersion: {
    type: 'string',
    default: '',
    doc: 'Version of your own code, such as a commit; written into every version that is built.',
  },
});

/** Views by the names they have in the store. */
export type NamedViews = Readonly<Record<string, FeatureView>>;

/** What {@link createFeatureStore} takes. */
export interface FeatureStoreOptions<V extends NamedViews> extends OptionsInput<typeof featureStoreOptions> {
  readonly views: V;
  /** Where features are looked up; a `fileOnlineStore` in the folder `online` of the directory where absent. */
  readonly online?: OnlineStore | undefined;
}

/** The tables that a view reads, by source. */
export type ViewTables<View> =
  View extends FeatureView<unknown, infer Events, infer Attributes>
    ? Readonly<Record<Events | Attributes, ColumnTable>>
    : never;

/** A training set with what to note in the model that is trained on it. */
export interface StoredTrainingSet {
  /** Entity, time, features, label: as of `buildTrainingSet`. */
  readonly table: ColumnTable;
  /** For the request of the trainer. */
  readonly lineage: Lineage;
}

/** Which version; the last one where absent. */
export interface VersionChoice extends Pick<RunControl, 'signal'> {
  readonly version?: number | undefined;
}

/** Stores features of views: versions that never change offline, the latest rows online. */
export interface FeatureStore<V extends NamedViews = NamedViews> {
  /**
   * Computes rows and stores them as the next version, with those of the version before. Only moments that are not stored yet
   * are computed, unless `full` asks for all of them again; the result is the same. Where nothing is new, it is the last version.
   * @throws FEATURES_CHANGED where the view or the sources' past changed and `full` is not set
   * @throws VERSION_CONFLICT where another process stored a version meanwhile
   * @throws DATA_EMPTY, OPTION_INVALID, SCHEMA_INVALID, COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED, FEATURES_NOT_FOUND,
   * BUNDLE_INVALID, STORAGE_FULL, STORAGE_FAILED, CANCELLED; nothing is visible then
   */
  build<N extends keyof V & string>(
    view: N,
    tables: ViewTables<V[N]>,
    request: (Snapshot | GivenMoments) & BuildControl,
  ): Promise<FeatureVersion>;
  /**
   * Brings a version's latest row of each entity online: only those that are not there yet, where that version goes on from
   * what is online. Entities that the version does not have go.
   * @throws FEATURES_NOT_FOUND, FEATURES_CHANGED for a version of another declaration, BUNDLE_INVALID, STORAGE_FAILED,
   * STORAGE_FULL, CANCELLED
   */
  materialise(view: keyof V & string, choice?: VersionChoice): Promise<Materialised>;
  /**
   * An entity's latest features, as `view.online` would give them at their time.
   * @throws FEATURES_NOT_FOUND, FEATURES_EXPIRED, FEATURES_CHANGED, BUNDLE_INVALID, STORAGE_FAILED
   */
  get<N extends keyof V & string>(view: N, entity: string | number): Promise<ViewRow<V[N]>>;
  /**
   * The features of several entities, in their order; undefined where there are none or they are expired.
   * @throws FEATURES_NOT_FOUND for a view that the store does not have, BUNDLE_INVALID, STORAGE_FAILED
   */
  getMany<N extends keyof V & string>(
    view: N,
    entities: readonly (string | number)[],
  ): Promise<(ViewRow<V[N]> | undefined)[]>;
  /**
   * A training set from stored rows: for each label the entity's latest row that is not after the label's time and not older
   * than `ttlDays` before it; missing features where there is none.
   * @throws FEATURES_NOT_FOUND, FEATURES_CHANGED, DATA_EMPTY, OPTION_INVALID, COLUMN_MISSING, COLUMN_INVALID,
   * VALIDATION_FAILED, BUNDLE_INVALID, STORAGE_FAILED, CANCELLED
   */
  trainingSet(view: keyof V & string, labels: Labels, choice?: VersionChoice): Promise<StoredTrainingSet>;
  /** Names of the views that have a version, in alphabetical order. @throws STORAGE_FAILED */
  views(): Promise<readonly string[]>;
  /** Versions of a view, ascending. @throws FEATURES_NOT_FOUND, BUNDLE_INVALID, STORAGE_FAILED */
  versions(view: string): Promise<readonly FeatureVersion[]>;
  /** One version, the last where no number is given. @throws FEATURES_NOT_FOUND, BUNDLE_INVALID, STORAGE_FAILED */
  version(view: string, version?: number): Promise<FeatureVersion>;
  /** All rows of a version: entity, `as_of`, features. @throws FEATURES_NOT_FOUND, BUNDLE_INVALID, STORAGE_FAILED */
  read(view: string, version?: number): Promise<ColumnTable>;
  /** What changed from one version to another. @throws FEATURES_NOT_FOUND, BUNDLE_INVALID, STORAGE_FAILED */
  diff(view: string, from: number, to: number): Promise<VersionDiff>;
}

/**
 * Makes a feature store over a directory. Any number of processes may use it at once.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID for a view's name
 * @example
 * const store = createFeatureStore({ dir: './features', views: { prospects: prospectView }, ttlDays: { prospects: 7 } });
 * await store.build('prospects', tables, { at: new Date('2026-06-01') });
 * await store.materialise('prospects');
 * const { logins30d } = await store.get('prospects', 'p00001');
 */
export function createFeatureStore<const V extends NamedViews>(given: FeatureStoreOptions<V>): FeatureStore<V> {
  const { views, online, ...rest } = given;
  const options = resolveOptions(featureStoreOptions, rest);
  if (options.dir === '') throw new TabwrightError('OPTION_INVALID', 'createFeatureStore: dir must not be empty');
  const root = resolve(options.dir);
  for (const name of Object.keys(views)) viewDirectory(root, name);
  const unknown = Object.keys(options.ttlDays).find((name) => !Object.hasOwn(views, name));
  if (unknown !== undefined) {
    throw new TabwrightError('OPTION_INVALID', `createFeatureStore: ttlDays names ${unknown}, which is no view`);
  }
  return new DirectoryStore(
    root,
    views,
    options,
    online === undefined ? fileOnlineStore(join(root, 'online')) : online,
  );
}

class DirectoryStore implements FeatureStore {
  private readonly root: string;
  private readonly declared: NamedViews;
  private readonly options: { readonly ttlDays: Readonly<Record<string, number>>; readonly codeVersion: string };
  private readonly online: OnlineStore;
  private readonly opened = new Map<string, OnlineView>();

  constructor(root: string, declared: NamedViews, options: DirectoryStore['options'], online: OnlineStore) {
    this.root = root;
    this.declared = declared;
    this.options = options;
    this.online = online;
  }

  async build(
    name: string,
    tables: Readonly<Record<string, ColumnTable>>,
    request: (Snapshot | GivenMoments) & BuildControl,
  ): Promise<FeatureVersion> {
    const { directory, view } = this.open(name);
    return buildVersion(directory, { view, tables, request, codeVersion: this.options.codeVersion });
  }

  async materialise(name: string, { version, signal }: VersionChoice = {}): Promise<Materialised> {
    const { directory, ttlDays, schemaHash } = this.open(name);
    const record = await this.version(name, version);
    refuseOther(record, schemaHash);
    return materialiseVersion(directory, record, { online: this.online, ttlDays, signal });
  }

  async get(name: string, entity: string | number): Promise<never> {
    return readOnline(this.open(name), entity) as Promise<never>;
  }

  async getMany(name: string, entities: readonly (string | number)[]): Promise<never[]> {
    return readOnlineAll(this.open(name), entities) as Promise<never[]>;
  }

  async trainingSet(name: string, labels: Labels, { version, signal }: VersionChoice = {}): Promise<StoredTrainingSet> {
    const { directory, ttlDays, schemaHash } = this.open(name);
    const record = await this.version(name, version);
    refuseOther(record, schemaHash);
    const table = await storedTrainingSet(directory, record, labels, { ttlDays, signal });
    return { table, lineage: { features: referenceTo(record) } };
  }

  views(): Promise<readonly string[]> {
    return storedViews(this.root);
  }

  async versions(name: string): Promise<readonly FeatureVersion[]> {
    const directory = viewDirectory(this.root, name);
    const versions: FeatureVersion[] = [];
    for (const number of await versionNumbers(directory)) versions.push(await readVersion(directory, number));
    if (versions.length === 0) throw await this.notStored(name);
    return versions;
  }

  async version(name: string, version?: number): Promise<FeatureVersion> {
    const directory = viewDirectory(this.root, name);
    const record = version === undefined ? await latestVersion(directory) : await this.numbered(directory, version);
    if (record === undefined) throw await this.notStored(name);
    return record;
  }

  async read(name: string, version?: number): Promise<ColumnTable> {
    return (await this.withRows(name, version)).rows;
  }

  async diff(name: string, from: number, to: number): Promise<VersionDiff> {
    return diffVersions(await this.withRows(name, from), await this.withRows(name, to));
  }

  private async withRows(name: string, number: number | undefined): Promise<VersionRows> {
    const version = await this.version(name, number);
    return { version, rows: await readRows(viewDirectory(this.root, name), version) };
  }

  private async numbered(directory: ViewDirectory, version: number): Promise<FeatureVersion | undefined> {
    return (await versionNumbers(directory)).length === 0 ? undefined : readVersion(directory, version);
  }

  private open(name: string): OnlineView {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const view = Object.hasOwn(this.declared, name) ? this.declared[name] : undefined;
    if (view === undefined) {
      const hint = hintOf(name, Object.keys(this.declared));
      throw new TabwrightError('FEATURES_NOT_FOUND', `the feature store was given no view ${name}${hint}`);
    }
    const ttlDays = Object.hasOwn(this.options.ttlDays, name) ? this.options.ttlDays[name] : undefined;
    const directory = viewDirectory(this.root, name);
    const opened = openView(directory, view, this.online, ttlDays);
    this.opened.set(name, opened);
    return opened;
  }

  private async notStored(name: string): Promise<TabwrightError> {
    const hint = hintOf(name, await this.views());
    return new TabwrightError('FEATURES_NOT_FOUND', `the feature store holds no version of a view ${name}${hint}`);
  }
}

function hintOf(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

function referenceTo({ view, version, schemaHash }: FeatureVersion): FeatureReference {
  return { view, version, schemaHash };
}

function refuseOther({ view, version, schemaHash }: FeatureVersion, declared: string): void {
  if (schemaHash === declared) return;
  throw new TabwrightError('FEATURES_CHANGED', `view ${view} is not declared as ${view}/${version} was`);
}
