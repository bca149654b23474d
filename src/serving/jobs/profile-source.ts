// What a profile is made of: a file that was uploaded, or one behind a URL of a host or a bucket that is allowed.
import { open } from 'node:fs/promises';
import type { JsonObject } from '../../core/json.js';
import type { RunControl } from '../../core/progress.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ByteSource } from '../../loaders/remote/byte-source.js';
import { urlPolicy } from '../../loaders/remote/url-policy.js';
import type { ProfileSources } from './work-options.js';

/** Kinds of file that can be profiled. */
export const PROFILE_FORMATS = ['csv', 'parquet', 'ndjson', 'json'] as const;

/** A kind of file. */
export type ProfileFormat = (typeof PROFILE_FORMATS)[number];

/** Where the data is. */
export interface ProfileSource extends JsonObject {
  /** What reports and lists call it; holds no credentials. */
  readonly name: string;
  readonly format: ProfileFormat;
  /** SHA-256 of an upload; null for a URL. */
  readonly digest: string | null;
  /** Null for an upload. */
  readonly url: string | null;
}

/**
 * The source that a URL stands for, where it may be read.
 * @param format As the URL's path ends where absent.
 * @throws SOURCE_REFUSED, REQUEST_INVALID
 */
export function urlSource(
  given: string,
  format: ProfileFormat | undefined,
  { hosts = [], buckets = [], http }: ProfileSources,
): ProfileSource {
  if (!URL.canParse(given)) throw new TabwrightError('REQUEST_INVALID', 'url must be a URL');
  const url = new URL(given);
  if (url.protocol === 's3:') checkBucket(url.hostname, buckets);
  else if (url.protocol === 'https:') checkHost(url, hosts, http?.allowPrivate === true);
  else throw refused('the scheme must be https or s3');
  const name = `${url.protocol}//${url.host}${url.pathname}`;
  return { name, format: format ?? formatOf(url.pathname), digest: null, url: given };
}

/** The kind of file by how its name ends; CSV where that says nothing. */
export function formatOf(name: string): ProfileFormat {
  const extension = /\.(parquet|json|ndjson|jsonl)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === 'jsonl') return 'ndjson';
  return PROFILE_FORMATS.find((format) => format === extension) ?? 'csv';
}

/**
 * Fetches what a URL stands for to a file, in place of what is there.
 * @throws SOURCE_REFUSED, SOURCE_FAILED, DATA_TOO_LARGE, FILE_NOT_FOUND, CANCELLED
 */
export async function fetchSource(
  url: string,
  path: string,
  sources: ProfileSources,
  { signal, onProgress }: RunControl,
): Promise<void> {
  const source = await byteSource(url, sources);
  const file = await open(path, 'w', 0o600);
  try {
    const onBytes = (completed: number, total = completed) =>
      onProgress?.({ phase: 'fetch', completed, total: Math.max(total, completed), message: source.name });
    await source.copyTo(file, { signal, onBytes });
  } finally {
    await file.close();
  }
}

async function byteSource(url: string, { hosts = [], http, s3 }: ProfileSources): Promise<ByteSource> {
  if (url.startsWith('s3:')) return (await import('../../loaders/remote/s3-object.js')).s3Object(url, s3);
  return (await import('../../loaders/remote/http-file.js')).httpFile(url, { ...http, allow: hosts });
}

function checkBucket(bucket: string, buckets: readonly string[]): void {
  if (!buckets.includes(bucket)) throw refused('the bucket is not one that may be read');
}

/** As the reading itself checks, and before a job is taken. */
function checkHost(url: URL, hosts: readonly string[], allowPrivate: boolean): void {
  try {
    urlPolicy({ allow: hosts, allowPrivate }).check(url);
  } catch {
    throw refused('the host is not one that may be read');
  }
}

function refused(rule: string): TabwrightError {
  return new TabwrightError('SOURCE_REFUSED', `url: ${rule}`);
}
