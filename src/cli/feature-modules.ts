// Views from a user's own module, and from what a feature store holds.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestName } from '../core/nearest-name.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FeatureView } from '../features/view-types.js';

/**
 * The view that a module exports under a name. A `.ts` file needs a Node that strips types, or a loader such as `--import tsx`.
 * @throws FILE_NOT_FOUND where the module cannot be imported, FEATURES_NOT_FOUND where it exports no such view
 */
export async function importView(path: string, name: string): Promise<FeatureView> {
  const exported = await importModule(path);
  const view = Object.hasOwn(exported, name) ? exported[name] : undefined;
  if (isView(view)) return view;
  const known = Object.keys(exported).filter((key) => isView(exported[key]));
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw new TabwrightError('FEATURES_NOT_FOUND', `${path} exports no view ${name}${hint}`);
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    throw new TabwrightError('FILE_NOT_FOUND', `cannot import ${path}${reason}`, { cause });
  }
}

function isView(value: unknown): value is FeatureView {
  if (typeof value !== 'object' || value === null) return false;
  const { entity, sources, features, online } = value as Record<string, unknown>;
  return (
    typeof entity === 'string' && Array.isArray(sources) && Array.isArray(features) && typeof online === 'function'
  );
}
