// Lineage between stored features and models: back from a model to the version it was trained on, forward to all that use one.
import { BUNDLE_LAYOUT } from '../bundle/bundle-layout.js';
import type { FeatureReference } from '../core/feature-lineage.js';
import type { ModelVersion, Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** A model and the features it was trained on. */
export interface FeatureUser {
  readonly model: ModelVersion;
  readonly features: FeatureReference;
}

/**
 * The stored features that a model was trained on; undefined where it was trained on other data.
 * @param reference `name@alias`, `name/3` or `name`
 * @throws MODEL_NOT_FOUND, NAME_INVALID, BUNDLE_INVALID, STORAGE_FAILED
 */
export async function modelLineage(registry: Registry, reference: string): Promise<FeatureReference | undefined> {
  return featuresOf(registry, await registry.get(reference));
}

/**
 * The models of a registry that were trained on a view, or on one version of it, by name and version. Reads every model.
 * @throws BUNDLE_INVALID, STORAGE_FAILED
 */
export async function featureUsers(registry: Registry, view: string, version?: number): Promise<FeatureUser[]> {
  const users: FeatureUser[] = [];
  for (const name of await registry.list()) {
    for (const model of await registry.versions(name)) {
      const features = await featuresOf(registry, model);
      if (features?.view !== view || (version !== undefined && features.version !== version)) continue;
      users.push({ model, features });
    }
  }
  return users;
}

async function featuresOf(registry: Registry, { name, version }: ModelVersion): Promise<FeatureReference | undefined> {
  const bytes = (await registry.read(name, version)).get(BUNDLE_LAYOUT.training);
  if (bytes === undefined) return undefined;
  const damaged = () =>
    new TabwrightError('BUNDLE_INVALID', `${name}/${version}: ${BUNDLE_LAYOUT.training} is cut off or altered`);
  let features: unknown;
  try {
    features = JSON.parse(new TextDecoder().decode(bytes)).lineage?.features;
  } catch {
    throw damaged();
  }
  if (features === undefined) return undefined;
  if (isReference(features)) return features;
  throw damaged();
}

function isReference(value: unknown): value is FeatureReference {
  if (typeof value !== 'object' || value === null) return false;
  const { view, version, schemaHash } = value as Record<string, unknown>;
  return typeof view === 'string' && typeof schemaHash === 'string' && Number.isSafeInteger(version);
}
