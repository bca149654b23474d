// Mounts the route table in an Express 5 application: a router with native routes.
import { pipeline, Readable } from 'node:stream';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import { TabwrightError } from '../src/core/tabwright-error.js';
import { clientSignal } from '../src/serving/client-signal.js';
import { createRoutes } from '../src/serving/create-routes.js';
import type { Route, RouteResponse } from '../src/serving/route.js';
import type { ServingOptions } from '../src/serving/serving-options.js';
import { isInPieces, leavePieces } from '../src/serving/start-pieces.js';

export type { ServingOptions };

/** Express's `Router`, as far as it is needed here. */
export type RouterFactory = (options: { caseSensitive: boolean; strict: boolean }) => Router;

/** Serving options, and Express's router. */
export interface ExpressOptions extends ServingOptions {
  /** `express.Router`; loaded from the package express where absent. */
  readonly Router?: RouterFactory | undefined;
}

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;

/**
 * Middleware to mount at a path. Errors are answered here; body parsers of the application may run before it.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID
 * @example
 * app.use('/ml', tabwright({ predictors: { prospect: predictor } }));
 */
export function tabwright({ Router, ...serving }: ExpressOptions): RequestHandler {
  const routes = createRoutes(serving);
  if (Router !== undefined) return routerOf(routes, Router);
  let router: RequestHandler | undefined;
  return async (request, response, next) => {
    router ??= routerOf(routes, await loadRouter());
    router(request, response, next);
  };
}

export default tabwright;

/** @throws PACKAGE_MISSING */
async function loadRouter(): Promise<RouterFactory> {
  try {
    return (await import('express')).Router;
  } catch (cause) {
    throw new TabwrightError('PACKAGE_MISSING', 'express: install express@^5, or pass its Router as an option', {
      cause,
    });
  }
}

function routerOf(routes: readonly Route[], Router: RouterFactory): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const route of routes) {
    router[METHODS[route.method]](route.path, (request: Request, response: Response, next: NextFunction) => {
      const { params, url, headers, baseUrl: basePath } = request;
      const signal = () => clientSignal(response);
      // Where no parser of the application has read the body, the request is its stream.
      const body = request.body === undefined ? request : request.body;
      route.answer({ params, url, headers, body, basePath, signal }, (answer) => send(request, response, answer), next);
    });
  }
  return router;
}

function send({ method }: Request, response: Response, { status, headers, body }: RouteResponse): void {
  response.status(status).set(headers);
  if (isInPieces(body)) {
    if (method === 'HEAD') {
      leavePieces(body).then(() => response.end());
      return;
    }
    // A piece that cannot be made ends the connection; the route has logged why.
    pipeline(Readable.from(body), response, () => {});
    return;
  }
  if (status !== 204) response.set('content-length', String(Buffer.byteLength(body)));
  response.end(body);
}
