// From a declared route to one that answers: request id, body, errors, log line and metrics around every handler.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { checkAnnounced, decodeBody } from './decode-body.js';
import { PROBLEM_TYPE, problemDetail, problemJson } from './problem-json.js';
import { readQuery } from './read-query.js';
import { isStream, receiveBody } from './receive-body.js';
import { receiveUpload } from './receive-upload.js';
import { requestId } from './request-id.js';
import type {
  AnswerMediaType,
  Authorize,
  ContentResponse,
  HandlerRequest,
  HandlerResponse,
  ModelSchemas,
  Refusal,
  Route,
  RouteDeclaration,
  RouteRequest,
  RouteResponse,
} from './route.js';
import type { ServingMetrics } from './serving-metrics.js';
import type { ResolvedServingOptions } from './serving-options.js';
import { isInPieces, startPieces } from './start-pieces.js';

/** What every route of a table shares. */
export interface ServingContext {
  readonly options: ResolvedServingOptions;
  /** Goes before the logger of a request. */
  readonly logger: Logger | undefined;
  readonly metrics: ServingMetrics;
  /** Asked about every request to a route that is not open, before its body is received. */
  readonly authorize: Authorize | undefined;
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
  /** Set once it is authorized. */
  caller: string | undefined;
}

const CONTENT_TYPES: Readonly<Record<AnswerMediaType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/x-ndjson': 'application/x-ndjson; charset=utf-8',
  'application/vnd.apache.parquet': 'application/vnd.apache.parquet',
  'text/csv': 'text/csv; charset=utf-8',
  'text/event-stream': 'text/event-stream; charset=utf-8',
  'text/html': 'text/html; charset=utf-8',
  'text/plain': 'text/plain; charset=utf-8',
};

const NO_QUERY = Object.freeze({});

/** Makes a declared route answer. */
export function mountRoute(declaration: RouteDeclaration, schemas: ModelSchemas, context: ServingContext): Route {
  const { describe, handle, refusal, ...shown } = declaration;
  const { operation, method, scope, query: parameters, body: takes } = declaration;
  const { options, metrics, generateRequestId, clock } = context;
  const authorize = scope === 'open' ? undefined : context.authorize;
  const idHeader = options.requestIdHeader.toLowerCase();

  const answer: Route['answer'] = (request, resolve, reject) => {
    const id = requestId(request.headers, idHeader, generateRequestId);
    const call: Call = { request, id, start: clock(), resolve, reject, caller: undefined };
    metrics.began(operation);
    if (authorize === undefined) receive(call);
    else admit(call, authorize);
  };

  function admit(call: Call, ask: Authorize): void {
    const { params, headers } = call.request;
    const admitted = (caller: string | undefined) => {
      call.caller = caller;
      receive(call);
    };
    try {
      const caller = ask({ scope: scope as Exclude<typeof scope, 'open'>, operation, params, headers });
      if (caller instanceof Promise) caller.then(admitted, (error) => settle(call, refused, error));
      else admitted(caller);
    } catch (error) {
      settle(call, refused, error);
    }
  }

  function receive(call: Call): void {
    const { headers, body } = call.request;
    if (takes === undefined || (takes.kind !== 'stream' && !isStream(body))) {
      run(call, body);
      return;
    }
    try {
      checkAnnounced(headers, takes);
    } catch (error) {
      settle(call, refused, error);
      return;
    }
    if (takes.kind === 'stream' || !isStream(body)) {
      run(call, body);
      return;
    }
    receiveBody(
      body,
      takes.limitBytes,
      (bytes) => run(call, bytes),
      (error) => settle(call, refused, error),
    );
  }

  function run(call: Call, received: unknown): void {
    let answered: HandlerResponse | Promise<HandlerResponse>;
    try {
      answered = handle(handlerRequest(call, received));
    } catch (error) {
      settle(call, refused, error);
      return;
    }
    if (answered instanceof Promise) {
      answered.then(
        (response) => respond(call, response),
        (error) => settle(call, refused, error),
      );
    } else {
      respond(call, answered);
    }
  }

  function handlerRequest({ request, id, caller }: Call, received: unknown): HandlerRequest {
    const { params, url, headers, basePath, signal } = request;
    const query = parameters === undefined ? NO_QUERY : readQuery(url, parameters);
    const body = takes?.kind === 'decoded' ? decodeBody(received, headers, takes) : undefined;
    const upload = takes?.kind === 'stream' ? receiveUpload(received, headers, takes) : undefined;
    return { params, query, headers, body, upload, basePath, requestId: id, caller, signal };
  }

  function respond(call: Call, response: HandlerResponse): void {
    if (response.status === 204 || !isInPieces(response.body)) {
      settle(call, done, response);
      return;
    }
    const ended = (error: unknown) => {
      count(call, statusOf(response));
      if (error !== undefined) logFailure(loggerOf(call), coded(error));
    };
    startPieces(response.body, ended).then(
      (body) => settle(call, begun, { ...response, body }),
      (error) => settle(call, refused, error),
    );
  }

  function done(call: Call, response: HandlerResponse): RouteResponse {
    count(call, statusOf(response));
    if (response.status !== 204) return begun(call, response);
    return { status: 204, headers: { [idHeader]: call.id, ...response.headers }, body: '' };
  }

  function begun({ id }: Call, response: ContentResponse): RouteResponse {
    const { mediaType, headers, body } = response;
    const own = { 'content-type': CONTENT_TYPES[mediaType], [idHeader]: id };
    return { status: statusOf(response), headers: headers === undefined ? own : { ...own, ...headers }, body };
  }

  function refused(call: Call, error: unknown): RouteResponse {
    const known = coded(error);
    const { status, contentType, body } = refusalOf(known, call.id);
    count(call, status);
    if (known !== error && options.unexpectedErrors === 'host') throw error;
    logFailure(loggerOf(call), known);
    return { status, headers: { 'content-type': contentType, [idHeader]: call.id, ...hints(known) }, body };
  }

  function refusalOf(error: TabwrightError, id: string): ReturnType<Refusal['answer']> {
    if (refusal !== undefined) return refusal.answer(error, problemDetail(error));
    return { status: error.status, contentType: PROBLEM_TYPE, body: problemJson(error, id) };
  }

  function count({ start }: Call, status: number): void {
    metrics.request(operation, method, status, clock() - start);
  }

  function loggerOf({ request, id }: Call): Logger {
    return (context.logger ?? request.logger ?? silentLogger).child({ requestId: id, route: operation });
  }

  return { ...shown, schemas: describe(schemas), answer };
}

/** Headers that tell a client what to do next. */
function hints({ status, retryAfterSeconds }: TabwrightError): Readonly<Record<string, string>> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
}

function statusOf(response: HandlerResponse): number {
  return response.status ?? 200;
}

function coded(error: unknown): TabwrightError {
  return isTabwrightError(error) ? error : new TabwrightError('INTERNAL', 'an unexpected failure', { cause: error });
}

/** Ends a request: nothing that is thrown on the way may reach the event that the body ended with. */
function settle<Result>(call: Call, respond: (call: Call, result: Result) => RouteResponse, result: Result): void {
  try {
    call.resolve(respond(call, result));
  } catch (error) {
    call.reject(error);
  }
}

/** Busy and not ready are states, not failures of this process. */
function logFailure(logger: Logger, error: TabwrightError): void {
  if (error.status >= 500 && error.status !== 503) logger.error({ err: error, code: error.code }, error.message);
  else logger.info({ code: error.code }, error.message);
}
