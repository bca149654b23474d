import type { Readable } from 'node:stream';
import { TabwrightError } from '../core/tabwright-error.js';

/** Whether a body is still to be received. */
export function isStream(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && 'pipe' in body && typeof body.pipe === 'function';
}

/**
 * Receives the bytes of a body, and calls one of the two once. What comes after the limit is received and dropped, so
 * that the client reads its answer instead of a broken connection.
 * @param reject gets BODY_TOO_LARGE once more than `limitBytes` arrived, REQUEST_INVALID where the client went away
 */
export function receiveBody(
  stream: Readable,
  limitBytes: number,
  resolve: (bytes: Uint8Array) => void,
  reject: (error: TabwrightError) => void,
): void {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (stream.readableEnded) {
    resolve(new Uint8Array(0));
    return;
  }
  if (stream.destroyed) {
    reject(brokenOff(stream.errored));
    return;
  }
  stream.on('data', (chunk: Uint8Array) => {
    const before = size;
    size += chunk.length;
    if (size <= limitBytes) {
      chunks.push(chunk);
    } else if (before <= limitBytes) {
      chunks.length = 0;
      reject(bodyTooLarge(limitBytes));
    }
  });
  stream.on('end', () => {
    if (size <= limitBytes) resolve(chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks));
  });
  stream.on('error', (cause) => {
    if (stream.readableEnded || size > limitBytes) return;
    reject(brokenOff(cause));
  });
  stream.resume();
}

/** The error for a body over its limit. */
export function bodyTooLarge(limitBytes: number): TabwrightError {
  return new TabwrightError('BODY_TOO_LARGE', `the body must be at most ${limitBytes} bytes`);
}

/** The error for a body whose client went away. */
export function brokenOff(cause: unknown): TabwrightError {
  return new TabwrightError('REQUEST_INVALID', 'the body must be complete, got the end of the connection', { cause });
}
