// What waits for a server, as files: item.json with the digests of all others, and the files of the run or the model.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBundlePaths } from '../core/bundle-path.js';
import { digestOf, type FileDigest, isFileDigest, readDigested } from '../core/file-digest.js';
import { readStored } from '../core/read-stored.js';
import type { BundleFiles, ModelVersion } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { PendingVersion } from './pending-version.js';
import type { RecordedMetric, RunRecord } from './run-record.js';

/** A run that has ended, or a version that was put. */
export type SpoolItem =
  | { readonly kind: 'run'; readonly run: RunRecord }
  | { readonly kind: 'version'; readonly version: PendingVersion };

/** The item without its files, and their digests by path. */
type Stored = { readonly format: 1; readonly files: Readonly<Record<string, FileDigest>> } & PlainItem;

type PlainItem =
  | { readonly kind: 'run'; readonly item: PlainRun }
  | { readonly kind: 'version'; readonly item: Omit<PendingVersion, 'files'> };

type PlainRun = Omit<RunRecord, 'artifacts' | 'model' | 'metrics'> & {
  readonly metrics: readonly WrittenMetric[];
  readonly model?: ModelVersion | undefined;
};

/** JSON has no NaN and no infinity: values are text. */
type WrittenMetric = Omit<RecordedMetric, 'value'> & { readonly value: string };

const ITEM_FILE = 'item.json';
const ARTIFACTS = 'artifacts/';
const MODEL = 'model/';

/** The name of an item in the spool. */
export function itemName(item: SpoolItem): string {
  return item.kind === 'run' ? `run-${item.run.id}` : `version-${item.version.id}`;
}

/** Contents by path. */
export async function itemFiles(item: SpoolItem): Promise<Map<string, Uint8Array | string>> {
  const [plain, files] = takenApart(item);
  const digests: Record<string, FileDigest> = {};
  for (const [path, bytes] of files) digests[path] = await digestOf(bytes);
  const stored: Stored = { format: 1, files: digests, ...plain };
  return new Map<string, Uint8Array | string>(files).set(ITEM_FILE, JSON.stringify(stored));
}

/** Reads what {@link itemFiles} gave. @throws BUNDLE_INVALID, STORAGE_FAILED */
export async function readItem(directory: string): Promise<SpoolItem> {
  const text = await readStored(`${directory}: ${ITEM_FILE}`, () => readFile(join(directory, ITEM_FILE), 'utf8'));
  const stored = parse(text, directory);
  const contents = new Map<string, Uint8Array>();
  for (const [path, digest] of Object.entries(stored.files)) {
    const what = `${directory}: ${path}`;
    contents.set(path, await readStored(what, () => readDigested(join(directory, path), digest, what)));
  }
  const files = below(contents, MODEL);
  if (stored.kind === 'version') return { kind: 'version', version: { ...stored.item, files } };
  const { metrics, model: version, ...plain } = stored.item;
  const exact = metrics.map((point) => ({ ...point, value: Number(point.value) }));
  const model = version === undefined ? undefined : { version, files };
  return { kind: 'run', run: { ...plain, metrics: exact, artifacts: below(contents, ARTIFACTS), model } };
}

function takenApart(item: SpoolItem): [PlainItem, BundleFiles] {
  if (item.kind === 'version') {
    const { files, ...plain } = item.version;
    return [{ kind: 'version', item: plain }, under(MODEL, files)];
  }
  const { artifacts, model, metrics, ...plain } = item.run;
  const files = new Map([...under(ARTIFACTS, artifacts), ...under(MODEL, model?.files ?? new Map())]);
  const written = metrics.map((point) => ({ ...point, value: String(point.value) }));
  return [{ kind: 'run', item: { ...plain, metrics: written, model: model?.version } }, files];
}

function parse(text: string, directory: string): Stored {
  const invalid = (rule: string, cause?: unknown) =>
    new TabwrightError('BUNDLE_INVALID', `${directory}: ${ITEM_FILE} ${rule}`, { cause });
  let stored: Stored;
  try {
    stored = JSON.parse(text);
  } catch (cause) {
    throw invalid('is cut off or altered', cause);
  }
  const { format, kind, item, files } = stored ?? {};
  const isKnown = format === 1 && (kind === 'run' || kind === 'version') && typeof item === 'object' && item !== null;
  if (!isKnown || typeof files !== 'object' || files === null) throw invalid('is not of format 1');
  if (!Object.values(files).every(isFileDigest) || (kind === 'run' && !Array.isArray(item.metrics))) {
    throw invalid('is not of format 1');
  }
  if (Object.keys(files).length > 0) checkBundlePaths(new Map(Object.entries(files)));
  return stored;
}

function under(folder: string, files: BundleFiles): Map<string, Uint8Array> {
  return new Map([...files].map(([path, bytes]) => [`${folder}${path}`, bytes]));
}

function below(files: BundleFiles, folder: string): Map<string, Uint8Array> {
  const own = [...files].filter(([path]) => path.startsWith(folder));
  return new Map(own.map(([path, bytes]) => [path.slice(folder.length), bytes]));
}
