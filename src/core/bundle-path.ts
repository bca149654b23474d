// Which relative paths a bundle may hold: those that name one file below its directory on every system, and nothing else.
import { TabwrightError } from './tabwright-error.js';

/** The file in which a file registry keeps the digests of a version. */
export const MANIFEST_PATH = 'manifest.json';

/**
 * Checks the paths of a bundle's files: relative, with forward slashes, no part that is empty or ends with a dot (so no
 * "..") or a space, no backslash, colon or control character, at most 255 bytes a part; at least one file, none a folder
 * of another, none named as the manifest.
 * @throws BUNDLE_INVALID
 */
export function checkBundlePaths(files: ReadonlyMap<string, unknown>): void {
  if (files.size === 0) throw new TabwrightError('BUNDLE_INVALID', 'bundle: there must be at least one file');
  for (const path of files.keys()) {
    const rule = brokenRule(path) ?? folderRule(path, files);
    if (rule !== undefined) {
      throw new TabwrightError('BUNDLE_INVALID', `bundle: file path ${JSON.stringify(path)} ${rule}`);
    }
  }
}

function brokenRule(path: string): string | undefined {
  if (path === '') return 'must not be empty';
  if (path === MANIFEST_PATH) return 'is kept for the digests of the registry';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
  if (/[\\:\u0000-\u001f\u007f]/.test(path)) return 'must hold no backslash, colon or control character';
  if (path.startsWith('/')) return 'must be relative';
  for (const part of path.split('/')) {
    if (/^$|[. ]$/.test(part)) return 'must have no part that is empty or ends with a dot or a space';
    if (Buffer.byteLength(part) > 255) return 'must have at most 255 bytes between slashes';
  }
  return undefined;
}

function folderRule(path: string, files: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    if (files.has(path.slice(0, end))) return 'must not be inside another file';
  }
  return undefined;
}
