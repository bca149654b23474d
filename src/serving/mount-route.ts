// From a declared route to one that answers: request id, body, errors, log line and metrics around every handler.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Logger } from '../core/logger.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { decodeBody } from './decode-body.js';
import { PROBLEM_TYPE, problemJson } from './problem-json.js';
import { requestId } from './request-id.js';
import type {
  HandlerResponse,
  MediaType,
  ModelSchemas,
  Route,
  RouteDeclaration,
  RouteRequest,
  RouteResponse,
} from './route.js';
import type { ServingMetrics } from './serving-metrics.js';
import type { ResolvedServingOptions } from './serving-options.js';

/** What every route of a table shares. */
export interface ServingContext {
  readonly options: ResolvedServingOptions;
  readonly logger: Logger;
  readonly metrics: ServingMetrics;
  readonly generateRequestId: () => string;
  readonly clock: () => number;
}

const CONTENT_TYPES: Readonly<Record<MediaType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'text/csv': 'text/csv; charset=utf-8',
};

/** Makes a declared route answer. */
export function mountRoute(declaration: RouteDeclaration, schemas: ModelSchemas, context: ServingContext): Route {
  const { describe, handle, ...shown } = declaration;
  const { operation, method, body: takes } = declaration;
  const { options, metrics, generateRequestId, clock } = context;
  const idHeader = options.requestIdHeader.toLowerCase();

  async function answer(request: RouteRequest): Promise<RouteResponse> {
    const start = clock();
    const id = requestId(request.headers, idHeader, generateRequestId);
    let response: RouteResponse | undefined;
    try {
      response = await succeed(request, id);
    } catch (error) {
      response = fail(error, id);
    } finally {
      metrics.request(operation, method, response?.status ?? 500, clock() - start);
    }
    return response;
  }

  async function succeed(request: RouteRequest, id: string): Promise<RouteResponse> {
    const { params, headers, basePath } = request;
    const body = takes === undefined ? undefined : await decodeBody(request, takes);
    const answered: HandlerResponse = await handle({ params, headers, body, basePath });
    return {
      status: 200,
      headers: { 'content-type': CONTENT_TYPES[answered.mediaType], [idHeader]: id, ...answered.headers },
      body: answered.body,
    };
  }

  function fail(error: unknown, id: string): RouteResponse {
    if (options.unexpectedErrors === 'host' && !isTabwrightError(error)) throw error;
    const known = isTabwrightError(error)
      ? error
      : new TabwrightError('INTERNAL', 'an unexpected failure', { cause: error });
    logFailure(context.logger.child({ requestId: id, route: operation }), known);
    return {
      status: known.status,
      headers: { 'content-type': PROBLEM_TYPE, [idHeader]: id },
      body: problemJson(known, id),
    };
  }

  return { ...shown, schemas: describe(schemas), answer };
}

function logFailure(logger: Logger, error: TabwrightError): void {
  if (error.status >= 500) logger.error({ err: error, code: error.code }, error.message);
  else logger.info({ code: error.code }, error.message);
}
