// One GET over HTTP(S), redirects followed by hand so that each of them is checked as the first URL was.
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { UrlPolicy } from './url-policy.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Statuses by which a server says that there is nothing to read for this caller. */
const NOT_THERE = new Set([401, 403, 404, 410]);

/** What to get. */
export interface UrlRequest {
  readonly url: URL;
  readonly policy: UrlPolicy;
  /** Sent to the origin of the first URL only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly maxRedirects: number;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The answer, its body not yet read.
 * @throws SOURCE_REFUSED, FILE_NOT_FOUND, SOURCE_FAILED for another status, and what the connection throws
 */
export async function requestUrl(request: UrlRequest): Promise<IncomingMessage> {
  let { url } = request;
  for (let nRedirects = 0; ; nRedirects++) {
    request.policy.check(url);
    const response = await answer(url, {
      ...request,
      headers: url.origin === request.url.origin ? request.headers : {},
    });
    const status = response.statusCode as number;
    if (status === 200) return response;
    response.destroy();
    if (!REDIRECTS.has(status)) throw statusError(url, status);
    if (nRedirects === request.maxRedirects) {
      throw new TabwrightError('SOURCE_FAILED', `httpFile: ${urlName(request.url)} redirects too often (maxRedirects)`);
    }
    url = redirectTarget(url, response.headers);
  }
}

/** A URL without the parts that may be secret: user, password, query. */
export function urlName(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function answer(url: URL, { headers, policy, signal, idleTimeoutMs }: UrlRequest): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = send(url, {
      agent: false, // a connection of its own, opened to an address checked for this request
      headers: { accept: '*/*', 'accept-encoding': 'gzip, br', ...headers },
      lookup: policy.lookup,
      signal,
      timeout: idleTimeoutMs,
    });
    let response: IncomingMessage | undefined;
    sent.on('timeout', () => {
      const rule = `did not send a byte for ${idleTimeoutMs} ms (idleTimeoutMs)`;
      (response ?? sent).destroy(new TabwrightError('SOURCE_FAILED', `httpFile: ${urlName(url)} ${rule}`));
    });
    sent.on('error', reject);
    sent.on('response', (found) => {
      response = found;
      resolve(found);
    });
    sent.end();
  });
}

function redirectTarget(from: URL, { location }: IncomingHttpHeaders): URL {
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new TabwrightError('SOURCE_FAILED', `httpFile: ${urlName(from)} redirects to no URL`);
  }
  const url = new URL(location, from);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new TabwrightError('SOURCE_REFUSED', `httpFile: ${urlName(from)} redirects from https to http`);
  }
  return url;
}

function statusError(url: URL, status: number): TabwrightError {
  const code = NOT_THERE.has(status) ? 'FILE_NOT_FOUND' : 'SOURCE_FAILED';
  return new TabwrightError(code, `httpFile: ${urlName(url)} answers with status ${status}`);
}
