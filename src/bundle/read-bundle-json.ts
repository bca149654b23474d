import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** A JSON file of a model directory, parsed and not checked further. @throws BUNDLE_INVALID */
export function readBundleJson(files: BundleFiles, path: string): unknown {
  const bytes = files.get(path);
  if (bytes === undefined) throw new TabwrightError('BUNDLE_INVALID', `${path} is missing`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new TabwrightError('BUNDLE_INVALID', `${path} is not valid JSON`, { cause });
  }
}
