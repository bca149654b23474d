// Where the parts of a model lie below the directory of a file registry; docs/registry.md shows the layout.
import { join } from 'node:path';

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

/** Padded, so that `cat history/*\/event.json` prints the events in order. */
export function eventName(number: number): string {
  return String(number).padStart(6, '0');
}
