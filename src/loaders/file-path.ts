import { fileURLToPath } from 'node:url';
import { TabwrightError } from '../core/tabwright-error.js';

/**
 * The path of a file given by its path or its `file:` URL.
 * @param loader first word of the message: "csv"
 * @throws OPTION_INVALID for a URL of another scheme
 */
export function filePath(loader: string, source: string | URL): string {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(String(source))?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'file') {
    throw new TabwrightError('OPTION_INVALID', `${loader}: source must be a path or a file: URL, got ${scheme}:`);
  }
  return scheme === undefined ? String(source) : fileURLToPath(source);
}
