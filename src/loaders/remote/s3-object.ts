// An object in S3 or a compatible store, read in ranges that must all be of one and the same version of it.
import type { FileHandle } from 'node:fs/promises';
import { checkSignal } from '../../core/check-signal.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { type OptionsInput, type OptionsOf, optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { systemCode } from '../../core/storage-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ByteSource, FetchControl } from './byte-source.js';
import { openS3, type S3ClientLike, type S3Reader } from './s3-reader.js';
import { writeAt } from './write-at.js';

const MAX_ATTEMPTS = 3;

/** Options of objects in S3. */
export const s3ObjectOptions = optionsTable('s3Object', {
  region: { type: 'string', default: undefined, doc: 'Region of the bucket. That of the environment where absent.' },
  endpoint: { type: 'string', default: undefined, doc: 'URL of a compatible server. Amazon where absent.' },
  forcePathStyle: {
    type: 'boolean',
    default: undefined,
    doc: 'Whether the bucket stands in the path of URLs, not in the host. Where absent, it does if endpoint is given.',
  },
  versionId: { type: 'string', default: undefined, doc: 'A version of the object. The current one where absent.' },
  maxBytes: { type: 'integer', default: 2_147_483_648, min: 1, doc: 'Most bytes of the object.' },
  partBytes: { type: 'integer', default: 8_388_608, min: 1, doc: 'Bytes that one request reads.' },
  numParts: { type: 'integer', default: 4, min: 1, max: 64, doc: 'Most requests at once.' },
  timeoutMs: { type: 'integer', default: 600_000, min: 1, doc: 'Most milliseconds until all of it is here.' },
});

/** What a caller of {@link s3Object} may pass. */
export interface S3ObjectOptions extends OptionsInput<typeof s3ObjectOptions> {
  /** A client of @aws-sdk/client-s3, with credentials, region and endpoint of its own. One is made for each load where absent. */
  readonly client?: S3ClientLike | undefined;
}

type ResolvedOptions = OptionsOf<typeof s3ObjectOptions>;

/**
 * An object by its URL `s3://bucket/key`, for any file loader in the place of a path. It is fetched at each load, which throws
 * SOURCE_CHANGED where the object is replaced or deleted meanwhile, DATA_TOO_LARGE past `maxBytes`, FILE_NOT_FOUND where there
 * is none or no right to read it, SOURCE_FAILED for what the store does wrong, PACKAGE_MISSING without @aws-sdk/client-s3.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await csv(s3Object('s3://sales/2026/prospects.csv', { region: 'eu-west-1' })).load();
 */
export function s3Object(url: string, { client, ...options }: S3ObjectOptions = {}): ByteSource {
  const resolved = resolveOptions(s3ObjectOptions, options);
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(url) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new TabwrightError('OPTION_INVALID', 's3Object: url must be of the form s3://bucket/key');
  }
  const { region, endpoint, forcePathStyle = endpoint !== undefined } = resolved;
  if (client !== undefined && (region ?? endpoint ?? resolved.forcePathStyle) !== undefined) {
    const rule = 'region, endpoint and forcePathStyle must be left to the client that is given';
    throw new TabwrightError('OPTION_INVALID', `s3Object: ${rule}`);
  }
  const address = { bucket, key, versionId: resolved.versionId };
  const open = () => openS3(address, client ?? { region, endpoint, forcePathStyle });
  return { name: url, copyTo: (file, control) => fetchObject(open, { name: url, ...resolved }, file, control) };
}

interface Target extends ResolvedOptions {
  readonly name: string;
}

async function fetchObject(
  open: () => Promise<S3Reader>,
  target: Target,
  file: FileHandle,
  { signal, onBytes }: FetchControl,
): Promise<void> {
  checkSignal(signal);
  const timeout = AbortSignal.timeout(target.timeoutMs);
  const failure = new AbortController();
  const anyEnd = AbortSignal.any([failure.signal, timeout, ...(signal === undefined ? [] : [signal])]);
  const reader = await open();
  try {
    const { size, etag } = await reader.head(anyEnd);
    if (size > target.maxBytes) {
      const rule = `the object must have at most ${target.maxBytes} bytes (maxBytes), got ${size}`;
      throw new TabwrightError('DATA_TOO_LARGE', `${target.name}: ${rule}`);
    }
    await readParts({ size, etag, reader, file, signal: anyEnd, onBytes }, target, failure);
  } catch (error) {
    checkSignal(signal);
    throw timeout.aborted ? timeoutError(target, error) : readError(target, error);
  } finally {
    reader.close();
  }
}

interface Fetching extends FetchControl {
  readonly size: number;
  readonly etag: string;
  readonly reader: S3Reader;
  readonly file: FileHandle;
  readonly signal: AbortSignal;
}

/** Reads all parts, some at once; where one fails, the others end. */
async function readParts(
  fetching: Fetching,
  { partBytes, numParts }: ResolvedOptions,
  failure: AbortController,
): Promise<void> {
  const { size, onBytes } = fetching;
  let next = 0;
  let nBytes = 0;
  let reason: { readonly error: unknown } | undefined;
  const work = async (): Promise<void> => {
    while (next < size && reason === undefined) {
      const from = next;
      next = Math.min(size, from + partBytes);
      const to = next;
      await readPart(fetching, from, to);
      nBytes += to - from;
      onBytes?.(nBytes, size);
    }
  };
  const fail = (error: unknown): void => {
    reason ??= { error };
    failure.abort();
  };
  await Promise.all(Array.from({ length: numParts }, () => work().catch(fail)));
  if (reason !== undefined) throw (reason as { readonly error: unknown }).error;
}

/** Bytes [from, to), again where the connection breaks: they are of the same version and go to the same place. */
async function readPart({ reader, etag, file, signal }: Fetching, from: number, to: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    let at = from;
    try {
      for await (const chunk of await reader.range(from, to, { etag, signal })) {
        if (at + chunk.length > to) break;
        await writeAt(file, chunk, at);
        at += chunk.length;
      }
      if (at === to) return;
      throw new TabwrightError('SOURCE_FAILED', 's3Object: the store sent another number of bytes than asked for');
    } catch (error) {
      if (isTabwrightError(error) || signal.aborted || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

function timeoutError({ name, timeoutMs }: Target, cause: unknown): TabwrightError {
  const rule = `did not arrive within ${timeoutMs} ms (timeoutMs)`;
  return new TabwrightError('SOURCE_FAILED', `s3Object: ${name} ${rule}`, { cause });
}

function readError({ name }: Target, error: unknown): unknown {
  if (isTabwrightError(error)) return error;
  const code = systemCode(error);
  const what = code === undefined ? 'cannot be read' : `cannot be read (${code})`;
  return new TabwrightError('SOURCE_FAILED', `s3Object: ${name} ${what}`, { cause: error });
}
