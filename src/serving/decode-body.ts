// From what an adapter handed over to a decoded body: media type and encoding are checked alike on every adapter.
import { isUtf8 } from 'node:buffer';
import { TabwrightError } from '../core/tabwright-error.js';
import { parseContentType } from './media-type.js';
import { nullForNaN } from './null-for-nan.js';
import { bodyTooLarge } from './receive-body.js';
import type { DecodedBody, DecodedRouteBody, ReadMediaType, RequestHeaders, RouteBody } from './route.js';

const CHARSETS = ['', 'utf-8', 'utf8', 'us-ascii'];

/**
 * Refuses a body by its headers, before any of it is received.
 * @throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE
 */
export function checkAnnounced(headers: RequestHeaders, accepted: RouteBody): void {
  if (accepted.mediaTypes !== 'any') declaredType(headers, accepted.mediaTypes);
  if (Number(headers['content-length']) > accepted.limitBytes) throw bodyTooLarge(accepted.limitBytes);
}

/**
 * Decodes a received body: bytes, text, or a value that a parser of the host made. Undefined for an optional one that is
 * not there.
 * @throws REQUEST_INVALID where there is no body, or it is not JSON
 * @throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, TEXT_ENCODING
 */
export function decodeBody(
  received: unknown,
  headers: RequestHeaders,
  accepted: DecodedRouteBody,
): DecodedBody | undefined {
  if (received instanceof Uint8Array && received.length > accepted.limitBytes) throw bodyTooLarge(accepted.limitBytes);
  const mediaType = declaredType(headers, accepted.mediaTypes);
  if (isEmpty(received)) {
    if (accepted.optional) return undefined;
    throw new TabwrightError('REQUEST_INVALID', 'a body is required');
  }
  if (mediaType === undefined) throw unsupported(accepted.mediaTypes, 'got none');
  return mediaType === 'application/json'
    ? { mediaType, value: jsonValue(received, headers, accepted.allowsNaN === true) }
    : { mediaType, bytes: bytesOf(received, mediaType) };
}

/** The media type that a request declares; undefined where it declares none. */
function declaredType<M extends string>(headers: RequestHeaders, mediaTypes: readonly M[]): M | undefined {
  const contentType = headers['content-type'];
  if (typeof contentType !== 'string') return undefined;
  const plain = mediaTypes.find((known) => known === contentType);
  if (plain !== undefined) return plain;
  const { mediaType, charset } = parseContentType(contentType);
  const found = mediaTypes.find((known) => known === mediaType);
  if (found === undefined) throw unsupported(mediaTypes, 'got another');
  if (CHARSETS.includes(charset)) return found;
  throw new TabwrightError('MEDIA_TYPE_UNSUPPORTED', 'the charset must be utf-8, got another');
}

function unsupported(mediaTypes: readonly string[], got: string): TabwrightError {
  return new TabwrightError('MEDIA_TYPE_UNSUPPORTED', `the content type must be ${mediaTypes.join(' or ')}, ${got}`);
}

function isEmpty(received: unknown): boolean {
  return (
    received === undefined ||
    received === null ||
    ((received instanceof Uint8Array || typeof received === 'string') && !received.length)
  );
}

function bytesOf(received: unknown, mediaType: ReadMediaType): Uint8Array {
  if (received instanceof Uint8Array) return received;
  if (typeof received === 'string' && mediaType !== 'application/vnd.apache.parquet') return Buffer.from(received);
  throw new TabwrightError('REQUEST_INVALID', `the body must be ${mediaType}, got one that was parsed already`);
}

function jsonValue(received: unknown, headers: RequestHeaders, allowsNaN: boolean): unknown {
  const text = received instanceof Uint8Array ? utf8Text(received, headers) : received;
  if (typeof text !== 'string') return text;
  return parseJson(allowsNaN ? nullForNaN(text) : text);
}

function utf8Text(bytes: Uint8Array, headers: RequestHeaders): string {
  if (!isUtf8(bytes)) {
    // Compressed bytes are never valid UTF-8; a host that decompresses leaves the header in place.
    if (headers['content-encoding'] !== undefined) {
      throw new TabwrightError('MEDIA_TYPE_UNSUPPORTED', 'the body must not be compressed');
    }
    throw new TabwrightError('TEXT_ENCODING', 'the body must be UTF-8');
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the body, so that only the position may be passed on, and no cause.
    const position = /at position (\d+)(?: \(line \d+ column \d+\))?$/.exec((error as Error).message)?.[1];
    const where = position === undefined ? '' : `, broken at position ${position}`;
    throw new TabwrightError('REQUEST_INVALID', `the body must be JSON${where}`);
  }
}
