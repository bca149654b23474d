// Loads a version once per registry and process: predictors of the same version share one model in memory.
import type { CustomReaders, LoadedBundle } from '../bundle/read-bundle.js';
import { readBundle } from '../bundle/read-bundle.js';
import type { ModelVersion, Registry } from '../core/registry.js';

/** Versions that are being loaded, and those that some predictor still holds. */
interface Loaded {
  readonly pending: Map<string, Promise<LoadedBundle>>;
  readonly held: Map<string, WeakRef<LoadedBundle>>;
}

const cache = new WeakMap<Registry, Loaded>();

/**
 * A verified model. What no predictor holds any more is free to go.
 * @throws MODEL_NOT_FOUND, BUNDLE_INVALID, GOLDEN_MISMATCH, MODEL_KIND_UNKNOWN; a failure is not cached
 */
export async function loadBundle(
  registry: Registry,
  version: ModelVersion,
  custom?: CustomReaders,
): Promise<LoadedBundle> {
  const load = async () => readBundle(await registry.read(version.name, version.version), custom);
  if (custom !== undefined) return load();
  const { pending, held } = loadedOf(registry);
  const key = `${version.name}/${version.version}`;
  const found = held.get(key)?.deref();
  if (found !== undefined) return found;
  const loading = pending.get(key) ?? load();
  pending.set(key, loading);
  try {
    const bundle = await loading;
    held.set(key, new WeakRef(bundle));
    return bundle;
  } finally {
    pending.delete(key);
  }
}

function loadedOf(registry: Registry): Loaded {
  let loaded = cache.get(registry);
  if (loaded === undefined) {
    loaded = { pending: new Map(), held: new Map() };
    cache.set(registry, loaded);
  }
  return loaded;
}
