// Where the parts of a model lie below the directory of a file registry; docs/registry.md shows the layout.
import { join } from 'node:path';
import { MANIFEST_PATH } from '../core/bundle-path.js';
import type { BundleFiles } from '../core/registry.js';

/** Paths of one model. */
export interface ModelDirectory {
  readonly name: string;
  readonly path: string;
  readonly versions: string;
  readonly history: string;
  version(version: number): string;
  event(number: number): string;
  tags(version: number): string;
}

/** The file of an event's directory. */
export const EVENT_FILE = 'event.json';

/** The paths of a model; `name` was checked. */
export function modelDirectory(root: string, name: string): ModelDirectory {
  const path = join(root, name);
  const versions = join(path, 'versions');
  const history = join(path, 'history');
  return {
    name,
    path,
    versions,
    history,
    version: (version) => join(versions, String(version)),
    event: (number) => join(history, eventName(number)),
    tags: (version) => join(path, 'tags', String(version)),
  };
}

/** The files of a new model with one version and one event, by path below the model's directory. */
export function newModelFiles(bundle: BundleFiles, manifest: string, event: string): Map<string, Uint8Array | string> {
  const files = new Map<string, Uint8Array | string>();
  for (const [path, bytes] of bundle) files.set(`versions/1/${path}`, bytes);
  return files.set(`versions/1/${MANIFEST_PATH}`, manifest).set(`history/${eventName(1)}/${EVENT_FILE}`, event);
}

/** Padded, so that `cat history/*\/event.json` prints the events in order. */
function eventName(number: number): string {
  return String(number).padStart(6, '0');
}
