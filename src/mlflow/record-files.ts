// A run record as files: record.json with the digests of all others, the run's artifacts, the model's files.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBundlePaths } from '../core/bundle-path.js';
import { digestOf, type FileDigest, isFileDigest, readDigested } from '../core/file-digest.js';
import { readStored } from '../core/read-stored.js';
import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { RunRecord } from './run-record.js';

const RECORD_FILE = 'record.json';
const ARTIFACTS = 'artifacts/';
const MODEL = 'model/';

/** Contents by path. */
export async function recordFiles(record: RunRecord): Promise<Map<string, Uint8Array | string>> {
  const { artifacts, model, ...plain } = record;
  const files = new Map<string, Uint8Array>();
  for (const [path, bytes] of artifacts) files.set(`${ARTIFACTS}${path}`, bytes);
  for (const [path, bytes] of model?.files ?? []) files.set(`${MODEL}${path}`, bytes);
  const digests: Record<string, FileDigest> = {};
  for (const [path, bytes] of files) digests[path] = await digestOf(bytes);
  const json = {
    format: 1,
    record: { ...plain, metrics: plain.metrics.map(exact) },
    version: model?.version,
    files: digests,
  };
  return new Map<string, Uint8Array | string>(files).set(RECORD_FILE, JSON.stringify(json));
}

/** Reads what {@link recordFiles} gave. @throws BUNDLE_INVALID, STORAGE_FAILED */
export async function readRecordFiles(directory: string): Promise<RunRecord> {
  const text = await readStored(`${directory}: ${RECORD_FILE}`, () => readFile(join(directory, RECORD_FILE), 'utf8'));
  const { record, version, files } = parse(text, directory);
  const contents = new Map<string, Uint8Array>();
  for (const [path, digest] of Object.entries(files)) {
    const what = `${directory}: ${path}`;
    contents.set(path, await readStored(what, () => readDigested(join(directory, path), digest, what)));
  }
  return {
    ...record,
    metrics: record.metrics.map((point) => ({ ...point, value: Number(point.value) })),
    artifacts: below(contents, ARTIFACTS),
    model: version === undefined ? undefined : { version, files: below(contents, MODEL) },
  };
}

interface Stored {
  readonly record: Omit<RunRecord, 'artifacts' | 'model'>;
  readonly version: NonNullable<RunRecord['model']>['version'] | undefined;
  readonly files: Readonly<Record<string, FileDigest>>;
}

function parse(text: string, directory: string): Stored {
  try {
    const json = JSON.parse(text);
    const digests = Object.entries(json.files);
    if (
      json.format === 1 &&
      Array.isArray(json.record.metrics) &&
      digests.every(([, digest]) => isFileDigest(digest))
    ) {
      if (digests.length > 0) checkBundlePaths(new Map(digests));
      return json;
    }
  } catch (cause) {
    throw new TabwrightError('BUNDLE_INVALID', `${directory}: ${RECORD_FILE} is cut off or altered`, { cause });
  }
  throw new TabwrightError('BUNDLE_INVALID', `${directory}: ${RECORD_FILE} is not of format 1`);
}

/** JSON has no NaN and no infinity. */
function exact<P extends { readonly value: number }>(point: P): object {
  return { ...point, value: String(point.value) };
}

function below(files: BundleFiles, folder: string): Map<string, Uint8Array> {
  const own = [...files].filter(([path]) => path.startsWith(folder));
  return new Map(own.map(([path, bytes]) => [path.slice(folder.length), bytes]));
}
