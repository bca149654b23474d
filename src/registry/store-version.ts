// Adds a version: the files are staged as a whole new model, which becomes the model, or whose version becomes the next one.
import { createDirectory } from '../core/durable-files.js';
import { CHAMPION } from '../core/model-reference.js';
import { listNumbers, publishDirectory } from '../core/numbered-directories.js';
import type { BundleFiles, ModelVersion } from '../core/registry.js';
import { takeTurn } from '../core/take-turn.js';
import { makeManifest, writeManifest } from './manifest.js';
import { type ModelDirectory, modelDirectory, newModelFiles } from './model-directory.js';
import { NEW_MODEL, nextEvent, writeEvent } from './model-event.js';

/**
 * Stores files as the next version.
 * @param stage A directory of the caller's own, on the disk of the model.
 * @throws REGISTRY_BUSY, STORAGE_FULL, STORAGE_FAILED; nothing is visible then
 */
export async function storeVersion(
  model: ModelDirectory,
  stage: string,
  busyTimeoutMs: number,
  version: { readonly files: BundleFiles; readonly tags: Readonly<Record<string, string>> },
): Promise<ModelVersion> {
  const { name } = model;
  const manifest = await makeManifest(version.files, version.tags);
  const { createdAt, tags } = manifest;
  const event = nextEvent(NEW_MODEL, { alias: CHAMPION, from: null, to: 1, reason: 'first version' });
  const staged = modelDirectory(stage, name);
  await createDirectory(staged.path, newModelFiles(version.files, writeManifest(manifest), writeEvent(event)));
  if (await publishDirectory(staged.path, model.path)) {
    return { name, version: 1, createdAt, tags, aliases: [CHAMPION] };
  }
  const number = await takeTurn(name, busyTimeoutMs, async () => {
    const next = ((await listNumbers(model.versions))?.at(-1) ?? 0) + 1;
    return (await publishDirectory(staged.version(1), model.version(next))) ? next : undefined;
  });
  return { name, version: number, createdAt, tags, aliases: [] };
}
