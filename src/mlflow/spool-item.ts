// What waits for a server, as files: item.json with the digests of all others, and the files of the run or the model.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBundlePaths } from '../core/bundle-path.js';
import { digestOf, type FileDigest, isFileDigest, readDigested } from '../core/file-digest.js';
import { readStored } from '../core/read-stored.js';
import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { PendingVersion } from './pending-version.js';
import type { RecordedMetric, RunRecord } from './run-record.js';

/** A run that has ended, or a version that was put. */
export type SpoolItem =
  | { readonly kind: 'run'; readonly run: RunRecord }
  | { readonly kind: 'version'; readonly version: PendingVersion };

interface Stored {
  readonly format: 1;
  readonly kind: SpoolItem['kind'];
  /** The run or version without its files. */
  readonly item: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, FileDigest>>;
}

const ITEM_FILE = 'item.json';
const ARTIFACTS = 'artifacts/';
const MODEL = 'model/';

/** The name of an item in the spool. */
export function itemName(item: SpoolItem): string {
  return item.kind === 'run' ? `run-${item.run.id}` : `version-${item.version.id}`;
}

/** Contents by path. */
export async function itemFiles(item: SpoolItem): Promise<Map<string, Uint8Array | string>> {
  const [plain, files] = item.kind === 'run' ? takeRunApart(item.run) : takeVersionApart(item.version);
  const digests: Record<string, FileDigest> = {};
  for (const [path, bytes] of files) digests[path] = await digestOf(bytes);
  const stored: Stored = { format: 1, kind: item.kind, item: plain, files: digests };
  return new Map<string, Uint8Array | string>(files).set(ITEM_FILE, JSON.stringify(stored));
}

/** Reads what {@link itemFiles} gave. @throws BUNDLE_INVALID, STORAGE_FAILED */
export async function readItem(directory: string): Promise<SpoolItem> {
  const text = await readStored(`${directory}: ${ITEM_FILE}`, () => readFile(join(directory, ITEM_FILE), 'utf8'));
  const { kind, item, files } = parse(text, directory);
  const contents = new Map<string, Uint8Array>();
  for (const [path, digest] of Object.entries(files)) {
    const what = `${directory}: ${path}`;
    contents.set(path, await readStored(what, () => readDigested(join(directory, path), digest, what)));
  }
  const model = below(contents, MODEL);
  if (kind === 'version') return { kind, version: { ...item, files: model } as PendingVersion };
  const { metrics, model: version, ...plain } = item;
  const run = {
    ...plain,
    metrics: (metrics as RecordedMetric[]).map((point) => ({ ...point, value: Number(point.value) })),
    artifacts: below(contents, ARTIFACTS),
    model: version === undefined ? undefined : { version, files: model },
  };
  return { kind, run: run as RunRecord };
}

function takeRunApart({ artifacts, model, metrics, ...plain }: RunRecord): [Stored['item'], BundleFiles] {
  const files = new Map([...under(ARTIFACTS, artifacts), ...under(MODEL, model?.files ?? new Map())]);
  // JSON has no NaN and no infinity.
  const exact = metrics.map((point) => ({ ...point, value: String(point.value) }));
  return [{ ...plain, metrics: exact, model: model?.version }, files];
}

function takeVersionApart({ files, ...plain }: PendingVersion): [Stored['item'], BundleFiles] {
  return [plain, under(MODEL, files)];
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
