// Loads a version once per registry and process: predictors of the same version share one model in memory.
import type { CustomReaders, LoadedBundle } from '../bundle/read-bundle.js';
import { readBundle } from '../bundle/read-bundle.js';
import type { ModelVersion, Registry } from '../core/registry.js';

const cache = new WeakMap<Registry, Map<string, Promise<LoadedBundle>>>();

/**
 * A verified model. The cache keeps what predictors hold: {@link releaseBundle} lets a version go.
 * @throws MODEL_NOT_FOUND, BUNDLE_INVALID, GOLDEN_MISMATCH, MODEL_KIND_UNKNOWN; a failure is not cached
 */
export async function loadBundle(
  registry: Registry,
  version: ModelVersion,
  custom?: CustomReaders,
): Promise<LoadedBundle> {
  const load = async () => readBundle(await registry.read(version.name, version.version), custom);
  if (custom !== undefined) return load();
  const loaded = cacheOf(registry);
  const key = keyOf(version);
  const found = loaded.get(key) ?? load();
  loaded.set(key, found);
  try {
    return await found;
  } catch (error) {
    loaded.delete(key);
    throw error;
  }
}

/** Forgets a version; predictors that still hold it keep working. */
export function releaseBundle(registry: Registry, version: ModelVersion): void {
  cacheOf(registry).delete(keyOf(version));
}

function cacheOf(registry: Registry): Map<string, Promise<LoadedBundle>> {
  let loaded = cache.get(registry);
  if (loaded === undefined) {
    loaded = new Map();
    cache.set(registry, loaded);
  }
  return loaded;
}

function keyOf({ name, version }: ModelVersion): string {
  return `${name}/${version}`;
}
