// From a declared route to one that answers: request id, body, errors, log line and metrics around every handler.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { checkAnnounced, decodeBody } from './decode-body.js';
import { PROBLEM_TYPE, problemJson } from './problem-json.js';
import { isStream, receiveBody } from './receive-body.js';
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
  /** Goes before the logger of a request. */
  readonly logger: Logger | undefined;
  readonly metrics: ServingMetrics;
  readonly generateRequestId: () => string;
  readonly clock: () => number;
}

/** One request under way. */
interface Call {
  readonly request: RouteRequest;
  readonly id: string;
  readonly start: number;
  readonly resolve: (response: RouteResponse) => void;
  readonly reject: (error: unknown) => void;
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

  const answer: Route['answer'] = (request, resolve, reject) => {
    const id = requestId(request.headers, idHeader, generateRequestId);
    const call: Call = { request, id, start: clock(), resolve, reject };
    if (takes === undefined || !isStream(request.body)) {
      run(call, request.body);
      return;
    }
    try {
      checkAnnounced(request.headers, takes);
    } catch (error) {
      settle(call, refused, error);
      return;
    }
    const { limitBytes } = takes;
    receiveBody(
      request.body,
      limitBytes,
      (bytes) => run(call, bytes),
      (error) => settle(call, refused, error),
    );
  };

  function run(call: Call, received: unknown): void {
    let answered: HandlerResponse | Promise<HandlerResponse>;
    try {
      const { params, headers, basePath } = call.request;
      const body = takes === undefined ? undefined : decodeBody(received, headers, takes);
      answered = handle({ params, headers, body, basePath });
    } catch (error) {
      settle(call, refused, error);
      return;
    }
    if (answered instanceof Promise) {
      answered.then(
        (response) => settle(call, done, response),
        (error) => settle(call, refused, error),
      );
    } else {
      settle(call, done, answered);
    }
  }

  function done({ id, start }: Call, { mediaType, headers, body }: HandlerResponse): RouteResponse {
    metrics.request(operation, method, 200, clock() - start);
    return { status: 200, headers: { 'content-type': CONTENT_TYPES[mediaType], [idHeader]: id, ...headers }, body };
  }

  function refused({ request, id, start }: Call, error: unknown): RouteResponse {
    const known = isTabwrightError(error)
      ? error
      : new TabwrightError('INTERNAL', 'an unexpected failure', { cause: error });
    const { status } = known;
    metrics.request(operation, method, status, clock() - start);
    if (known !== error && options.unexpectedErrors === 'host') throw error;
    const logger = context.logger ?? request.logger ?? silentLogger;
    logFailure(logger.child({ requestId: id, route: operation }), known);
    return { status, headers: { 'content-type': PROBLEM_TYPE, [idHeader]: id }, body: problemJson(known, id) };
  }

  return { ...shown, schemas: describe(schemas), answer };
}

/** Ends a request: nothing that is thrown on the way may reach the event that the body ended with. */
function settle<Result>(call: Call, respond: (call: Call, result: Result) => RouteResponse, result: Result): void {
  try {
    call.resolve(respond(call, result));
  } catch (error) {
    call.reject(error);
  }
}

function logFailure(logger: Logger, error: TabwrightError): void {
  if (error.status >= 500) logger.error({ err: error, code: error.code }, error.message);
  else logger.info({ code: error.code }, error.message);
}
