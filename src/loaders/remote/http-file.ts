// A file behind an HTTP(S) URL: limited in hosts, addresses, bytes and time, since the URL may come from somebody else.
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { checkSignal } from '../../core/check-signal.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { type OptionsInput, type OptionsOf, optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { systemCode } from '../../core/storage-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ByteSource, FetchControl } from './byte-source.js';
import { requestUrl, urlName } from './request-url.js';
import { type UrlPolicy, urlPolicy } from './url-policy.js';
import { writeAt } from './write-at.js';

/** Options of files behind URLs. */
export const httpFileOptions = optionsTable('httpFile', {
  allow: {
    type: 'list',
    default: undefined,
    doc: 'Hosts that may be read, also by redirects: example.com, or *.example.com for all below it. Every host with public addresses where absent.',
  },
  allowPrivate: {
    type: 'boolean',
    default: false,
    doc: 'Whether hosts of private networks and this machine may be read. Link-local addresses and metadata services never are.',
  },
  maxBytes: {
    type: 'integer',
    default: 2_147_483_648,
    min: 1,
    doc: 'Most bytes of the file, counted after the decoding of the transfer.',
  },
  timeoutMs: { type: 'integer', default: 600_000, min: 1, doc: 'Most milliseconds until all of it is here.' },
  idleTimeoutMs: { type: 'integer', default: 30_000, min: 1, doc: 'Most milliseconds without a byte.' },
  maxRedirects: { type: 'integer', default: 5, min: 0, doc: 'Most redirects that are followed.' },
});

/** What a caller of {@link httpFile} may pass. */
export interface HttpFileOptions extends OptionsInput<typeof httpFileOptions> {
  /** Headers such as `authorization`; redirects to another origin do not get them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

interface HttpTarget extends OptionsOf<typeof httpFileOptions> {
  readonly url: URL;
  readonly policy: UrlPolicy;
  readonly headers: Readonly<Record<string, string>>;
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * A file behind a URL, for any file loader in the place of a path. It is fetched at each load, which throws SOURCE_REFUSED
 * for hosts and addresses that may not be read, DATA_TOO_LARGE past `maxBytes`, FILE_NOT_FOUND for status 401, 403, 404 and
 * 410, SOURCE_FAILED for other statuses, broken connections and time that is over. Nothing is retried.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await csv(httpFile('https://example.com/prospects.csv', { allow: ['example.com'] })).load();
 */
export function httpFile(url: string | URL, { headers = {}, ...options }: HttpFileOptions = {}): ByteSource {
  const resolved = resolveOptions(httpFileOptions, options);
  if (!URL.canParse(String(url))) throw new TabwrightError('OPTION_INVALID', 'httpFile: url must be a URL');
  const target = { ...resolved, url: new URL(url), policy: urlPolicy(resolved), headers };
  return { name: urlName(target.url), copyTo: (file, control) => fetchFile(target, file, control) };
}

async function fetchFile(target: HttpTarget, file: FileHandle, control: FetchControl): Promise<void> {
  checkSignal(control.signal);
  const timeout = AbortSignal.timeout(target.timeoutMs);
  const signal = control.signal === undefined ? timeout : AbortSignal.any([control.signal, timeout]);
  try {
    const response = await requestUrl({ ...target, signal });
    await store(response, target, file, control);
  } catch (error) {
    checkSignal(control.signal);
    const name = urlName(target.url);
    if (timeout.aborted) {
      const rule = `did not arrive within ${target.timeoutMs} ms (timeoutMs)`;
      throw new TabwrightError('SOURCE_FAILED', `httpFile: ${name} ${rule}`, { cause: error });
    }
    if (isTabwrightError(error)) throw error;
    const code = systemCode(error);
    const what = code === undefined ? 'cannot be read' : `cannot be read (${code})`;
    throw new TabwrightError('SOURCE_FAILED', `httpFile: ${name} ${what}`, { cause: error });
  }
}

async function store(
  response: IncomingMessage,
  { maxBytes, url }: HttpTarget,
  file: FileHandle,
  { onBytes }: FetchControl,
): Promise<void> {
  const body = decoded(response, url);
  const length = response.headers['content-length'];
  const total = body === response && length !== undefined ? Number(length) : undefined;
  let nBytes = 0;
  const checkSize = (size: number): void => {
    if (size <= maxBytes) return;
    throw new TabwrightError(
      'DATA_TOO_LARGE',
      `${urlName(url)}: the file must have at most ${maxBytes} bytes (maxBytes)`,
    );
  };
  try {
    checkSize(total ?? 0);
    for await (const chunk of body as AsyncIterable<Buffer>) {
      checkSize(nBytes + chunk.length);
      await writeAt(file, chunk, nBytes);
      nBytes += chunk.length;
      onBytes?.(nBytes, total);
    }
  } finally {
    response.destroy();
  }
}

/** The body as the file is: servers may send it compressed. */
function decoded(response: IncomingMessage, url: URL): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity') return response;
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]?.() : undefined;
  if (decoder === undefined) {
    response.destroy();
    throw new TabwrightError('SOURCE_FAILED', `httpFile: ${urlName(url)} is sent in an encoding that is not known`);
  }
  // An error of either reaches the reader of the decoder.
  pipeline(response, decoder, () => {});
  return decoder;
}
