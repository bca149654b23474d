// A body that its handler reads as it arrives: one piece at a time is held, and the sender waits for the reader.
import type { Readable } from 'node:stream';
import { TabwrightError } from '../core/tabwright-error.js';
import { parseContentType } from './media-type.js';
import { bodyTooLarge, brokenOff, isStream } from './receive-body.js';
import type { RequestHeaders, StreamRouteBody, Upload } from './route.js';

/**
 * The upload of a request.
 * @throws REQUEST_INVALID where there is none, or a parser of the host has made something else of it
 */
export function receiveUpload(received: unknown, headers: RequestHeaders, { limitBytes }: StreamRouteBody): Upload {
  const contentType = typeof headers['content-type'] === 'string' ? headers['content-type'] : '';
  const { mediaType } = parseContentType(contentType);
  // JSON that a parser of the host has taken is JSON again.
  const isParsedJson = mediaType === 'application/json' && !isStream(received) && !isBytes(received);
  const body = isParsedJson && received !== undefined ? JSON.stringify(received) : received;
  return { mediaType, contentType, pieces: piecesOf(body, limitBytes) };
}

function isBytes(received: unknown): boolean {
  return typeof received === 'string' || received instanceof Uint8Array;
}

function piecesOf(received: unknown, limitBytes: number): AsyncIterable<Uint8Array> {
  if (isStream(received)) return streamed(received, limitBytes);
  const bytes = typeof received === 'string' ? Buffer.from(received) : received;
  if (bytes === undefined || bytes === null) throw new TabwrightError('REQUEST_INVALID', 'a body is required');
  if (bytes instanceof Uint8Array) return whole(bytes, limitBytes);
  throw new TabwrightError('REQUEST_INVALID', 'the body must be unread, got one that was parsed already');
}

async function* whole(bytes: Uint8Array, limitBytes: number): AsyncGenerator<Uint8Array> {
  if (bytes.length > limitBytes) throw bodyTooLarge(limitBytes);
  if (bytes.length > 0) yield bytes;
}

async function* streamed(stream: Readable, limitBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const piece of stream.iterator({ destroyOnReturn: false })) {
      size += piece.length;
      if (size > limitBytes) throw bodyTooLarge(limitBytes);
      yield piece;
    }
  } catch (error) {
    throw stream.errored === null ? error : brokenOff(error);
  } finally {
    // What is left is dropped, so that the client reads its answer instead of a broken connection.
    stream.on('error', () => {}).resume();
  }
}
