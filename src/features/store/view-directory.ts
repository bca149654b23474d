// Where the versions of a view lie below the directory of a feature store; docs/features.md shows the layout.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listNames, listNumbers } from '../../core/numbered-directories.js';
import { readStored } from '../../core/read-stored.js';
import { storageError, systemCode } from '../../core/storage-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { type FeatureVersion, readRecord } from './feature-version.js';

/** The file of a version's record, and that of the rows it added. */
export const RECORD_FILE = 'version.json';
export const ROWS_FILE = 'rows.parquet';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Paths of one view. */
export interface ViewDirectory {
  readonly root: string;
  readonly name: string;
  readonly versions: string;
  version(version: number): string;
}

/** The paths of a view. @throws NAME_INVALID */
export function viewDirectory(root: string, name: string): ViewDirectory {
  if (!NAME.test(name)) {
    const rule = 'must be 1 to 128 letters, digits, ".", "_" or "-", starting with a letter or digit';
    throw new TabwrightError('NAME_INVALID', `view name ${rule}, got ${JSON.stringify(name.slice(0, 60))}`);
  }
  const versions = join(root, 'views', name);
  return { root, name, versions, version: (version) => join(versions, String(version)) };
}

/** Names of the views that have a version, in alphabetical order. @throws STORAGE_FAILED */
export async function storedViews(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await listNames(join(root, 'views'))) ?? []) {
    if (NAME.test(name) && (await versionNumbers(viewDirectory(root, name))).length > 0) found.push(name);
  }
  return found.sort();
}

/** The versions of a view, ascending; none where there is no such view. @throws STORAGE_FAILED */
export async function versionNumbers(view: ViewDirectory): Promise<number[]> {
  return (await listNumbers(view.versions)) ?? [];
}

/**
 * The record of a version.
 * @throws FEATURES_NOT_FOUND, BUNDLE_INVALID, STORAGE_FAILED
 */
export async function readVersion(view: ViewDirectory, version: number): Promise<FeatureVersion> {
  const what = `${view.name}/${version}`;
  const path = view.version(version);
  await stat(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw storageError(`cannot read ${path}`, error);
    throw new TabwrightError('FEATURES_NOT_FOUND', `view ${view.name} has no version ${version}`);
  });
  const file = join(path, RECORD_FILE);
  const record = readRecord(await readStored(`${what}: ${RECORD_FILE}`, () => readFile(file, 'utf8')), what);
  if (record.view === view.name && record.version === version) return record;
  throw new TabwrightError('BUNDLE_INVALID', `${what}: ${RECORD_FILE} is that of another version`);
}

/** The record of the last version; undefined where there is none. @throws BUNDLE_INVALID, STORAGE_FAILED */
export async function latestVersion(view: ViewDirectory): Promise<FeatureVersion | undefined> {
  const last = (await versionNumbers(view)).at(-1);
  return last === undefined ? undefined : readVersion(view, last);
}
