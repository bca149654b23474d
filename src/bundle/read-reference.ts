import type { BundleFiles } from '../core/registry.js';
import type { DriftReference } from '../drift/reference/drift-reference.js';
import { readDriftReference } from '../drift/reference/read-drift-reference.js';
import { BUNDLE_LAYOUT } from './bundle-layout.js';
import { readBundleJson } from './read-bundle-json.js';

/**
 * What a model directory keeps of its training rows to measure drift against; undefined where it keeps nothing, as a model that
 * was imported does. The files are untrusted.
 * @throws BUNDLE_INVALID naming the member that is wrong
 */
export function readReference(files: BundleFiles): DriftReference | undefined {
  return files.has(BUNDLE_LAYOUT.reference)
    ? readDriftReference(readBundleJson(files, BUNDLE_LAYOUT.reference))
    : undefined;
}
