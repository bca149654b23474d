// One version on disk: described by its manifest and tags, and read with every size and digest checked.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_PATH } from '../core/bundle-path.js';
import { readDigested } from '../core/file-digest.js';
import { readStored } from '../core/read-stored.js';
import type { BundleFiles, ModelVersion } from '../core/registry.js';
import { storageError, systemCode } from '../core/storage-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { type Manifest, readManifest } from './manifest.js';
import type { ModelDirectory } from './model-directory.js';
import type { ModelState } from './model-event.js';
import { readTags } from './version-tags.js';

/**
 * Makes sure that a version is there and was not deleted.
 * @throws MODEL_NOT_FOUND, STORAGE_FAILED
 */
export async function checkVersion(model: ModelDirectory, version: number, state: ModelState): Promise<void> {
  const missing = () => new TabwrightError('MODEL_NOT_FOUND', `model ${model.name} has no version ${version}`);
  if (!Number.isSafeInteger(version) || version < 1 || state.deleted.has(version)) throw missing();
  try {
    await stat(model.version(version));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw missing();
    throw storageError(`cannot read ${model.version(version)}`, error);
  }
}

/**
 * What is known of a version that is there.
 * @throws BUNDLE_INVALID, STORAGE_FAILED
 */
export async function describeVersion(
  model: ModelDirectory,
  version: number,
  state: ModelState,
): Promise<ModelVersion> {
  const { createdAt, tags } = await readStoredManifest(model, version);
  const aliases = [...state.aliases].filter(([, target]) => target === version).map(([alias]) => alias);
  const allTags = { ...tags, ...(await readTags(model.tags(version))) };
  return { name: model.name, version, createdAt, tags: allTags, aliases: aliases.sort() };
}

/**
 * The files of a version that is there.
 * @throws BUNDLE_INVALID naming the first file that is missing, cut off or altered; STORAGE_FAILED
 */
export async function readVersion(model: ModelDirectory, version: number): Promise<BundleFiles> {
  const files = new Map<string, Uint8Array>();
  for (const [path, digest] of (await readStoredManifest(model, version)).files) {
    const what = `${model.name}/${version}: ${path}`;
    files.set(path, await readStored(what, () => readDigested(join(model.version(version), path), digest, what)));
  }
  return files;
}

async function readStoredManifest(model: ModelDirectory, version: number): Promise<Manifest> {
  const what = `${model.name}/${version}`;
  const path = join(model.version(version), MANIFEST_PATH);
  return readManifest(await readStored(`${what}: ${MANIFEST_PATH}`, () => readFile(path, 'utf8')), what);
}
