// The route table as a function from Request to Response: for Hono, Bun, Deno and whatever else speaks the fetch standard.
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createRoutes } from '../src/serving/create-routes.js';
import { matchRoute } from '../src/serving/match-route.js';
import type { RouteResponse } from '../src/serving/route.js';
import type { ServingOptions } from '../src/serving/serving-options.js';
import type { Pieces } from '../src/serving/start-pieces.js';
import { isInPieces, leavePieces } from '../src/serving/start-pieces.js';

export type { ServingOptions };

/** Serving options, and where the routes are. */
export interface FetchOptions extends ServingOptions {
  /** Path that the routes are under, such as "/ml"; none where absent. */
  readonly basePath?: string | undefined;
  /** Answers what is not in the table; with a plain 404 where absent. */
  readonly notFound?: ((request: Request) => Response | Promise<Response>) | undefined;
}

/** Answers one request. Rejects only with errors that were left to the host. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * A fetch handler.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID
 * @example
 * Bun.serve({ fetch: tabwright({ basePath: '/ml', predictors: { prospect: predictor } }) });
 */
export function tabwright({ basePath = '', notFound = nothingHere, ...serving }: FetchOptions): FetchHandler {
  const match = matchRoute(createRoutes(serving), basePath);
  return async (request) => {
    const { method, url } = request;
    const found = match(method, new URL(url).pathname);
    if (found === undefined) return notFound(request);
    const response = await new Promise<RouteResponse>((resolve, reject) => {
      const headers = Object.fromEntries(request.headers);
      const body = request.body === null ? undefined : Readable.fromWeb(request.body as NodeReadableStream);
      const signal = () => request.signal;
      found.route.answer({ params: found.params, url, headers, body, basePath, signal }, resolve, reject);
    });
    return responseOf(response, method === 'HEAD');
  };
}

export default tabwright;

function nothingHere(): Response {
  return new Response('Not Found', { status: 404 });
}

function responseOf({ status, headers, body }: RouteResponse, isHead: boolean): Response {
  if (isInPieces(body)) {
    if (isHead) leavePieces(body);
    return new Response(isHead ? null : streamOf(body), { status, headers });
  }
  if (status === 204) return new Response(null, { status, headers });
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return new Response(isHead ? null : body, { status, headers: { ...headers, ...length } });
}

/** Pieces as the reader asks for them. */
function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const piece = await iterator.next();
      if (piece.done) controller.close();
      else controller.enqueue(Buffer.from(piece.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
