// The list of a version's files with sizes and digests, stored beside them as manifest.json and never changed.

import { checkBundlePaths } from '../core/bundle-path.js';
import { digestOf, type FileDigest, isFileDigest } from '../core/file-digest.js';
import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** What is stored about a version when it is made. */
export interface Manifest {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Tags given at registration; later ones lie beside the versions. */
  readonly tags: Readonly<Record<string, string>>;
  /** By path, in the order they were given. */
  readonly files: ReadonlyMap<string, FileDigest>;
}

/** The manifest of files at hand. */
export async function makeManifest(files: BundleFiles, tags: Readonly<Record<string, string>>): Promise<Manifest> {
  const digests = new Map<string, FileDigest>();
  for (const [path, bytes] of files) digests.set(path, await digestOf(bytes));
  return { createdAt: new Date().toISOString(), tags: { ...tags }, files: digests };
}

/** The text of manifest.json. */
export function writeManifest(manifest: Manifest): string {
  const { createdAt, tags } = manifest;
  const files = Object.fromEntries(manifest.files);
  return `${JSON.stringify({ format: 1, createdAt, tags, files }, null, 2)}\n`;
}

/**
 * Reads manifest.json, which may be cut off or altered.
 * @param what The version in messages: "adult/3".
 * @throws BUNDLE_INVALID
 */
export function readManifest(text: string, what: string): Manifest {
  const refuse = (rule: string): TabwrightError =>
    new TabwrightError('BUNDLE_INVALID', `${what}: manifest.json ${rule}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse(`is cut off or altered: it is not JSON (${text.length} characters)`);
  }
  if (!isRecord(json) || json.format !== 1) throw refuse('is not of format 1');
  const { createdAt, tags, files } = json;
  if (typeof createdAt !== 'string') throw refuse('has no createdAt');
  if (!isRecord(tags) || !Object.values(tags).every((value) => typeof value === 'string')) throw refuse('has no tags');
  if (!isRecord(files) || !Object.values(files).every(isFileDigest))
    throw refuse('has no files with sizes and digests');
  const digests = new Map(Object.entries(files as Record<string, FileDigest>));
  checkBundlePaths(digests);
  return { createdAt, tags: tags as Record<string, string>, files: digests };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
