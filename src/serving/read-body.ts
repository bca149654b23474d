import type { Readable } from 'node:stream';
import { TabwrightError } from '../core/tabwright-error.js';

/**
 * The bytes of a request's body. What comes after the limit is received and dropped, so that the client reads its answer
 * instead of a broken connection.
 * @throws BODY_TOO_LARGE as soon as more than `limitBytes` arrived
 * @throws REQUEST_INVALID where the client went away
 */
export function readBody(stream: Readable, limitBytes: number): Promise<Uint8Array> {
  if (stream.readableEnded) return Promise.resolve(new Uint8Array(0));
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    stream.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(bodyTooLarge(limitBytes));
    });
    stream.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)));
    stream.on('error', (cause) => reject(brokenOff(cause)));
    stream.on('close', () => reject(brokenOff(undefined)));
    stream.resume();
  });
}

/** The error for a body over its limit. */
export function bodyTooLarge(limitBytes: number): TabwrightError {
  return new TabwrightError('BODY_TOO_LARGE', `the body must be at most ${limitBytes} bytes`);
}

function brokenOff(cause: unknown): TabwrightError {
  return new TabwrightError('REQUEST_INVALID', 'the body must be complete, got the end of the connection', { cause });
}
