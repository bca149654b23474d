// HTTP as a table: what a route is, in values that no framework owns. Adapters translate; everything else happens here.
import type { JsonObject } from '../core/json.js';
import type { Logger } from '../core/logger.js';
import type { OptionsTable } from '../core/options-table.js';
import type { TabwrightError } from '../core/tabwright-error.js';

/** Who may call a route. */
export type RouteScope = 'open' | 'predict' | 'admin';

/** Header values by lower-case name. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What an adapter hands over. */
export interface RouteRequest {
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The request's target; only its query is read, and only by routes that declare one. */
  readonly url: string;
  readonly headers: RequestHeaders;
  /**
   * The body: its stream or its bytes, or what a parser of the host has made of it already (text or a parsed value);
   * undefined where there is none.
   */
  readonly body: unknown;
  /** Path that the table is mounted at, such as "/ml"; empty at the root. */
  readonly basePath: string;
  /** Aborted once the client has gone away before its answer was whole; made when a handler asks. */
  readonly signal: () => AbortSignal;
  /** The host's logger for this request; used where the table was given none. */
  readonly logger?: Logger;
}

/** A body that is sent: whole, or piece by piece as the client takes it. */
export type AnswerBody = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** What an adapter sends. */
export interface RouteResponse {
  readonly status: number;
  /** Values by lower-case name: content type, request id and caching; length and transfer are the adapter's. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Where it comes in pieces, the adapter takes the next once the client has taken the last, calls `return` of the iterator
   * when the client goes away, and breaks the connection off where a piece cannot be made.
   */
  readonly body: AnswerBody;
}

/** A body in the form its media type stands for. */
export type DecodedBody =
  | { readonly mediaType: 'application/json'; readonly value: unknown }
  | { readonly mediaType: Exclude<ReadMediaType, 'application/json'>; readonly bytes: Uint8Array };

/** A body that the handler reads itself, as it arrives. */
export interface Upload {
  /** In lower case, without parameters: "multipart/form-data". */
  readonly mediaType: string;
  /** As it was sent, with its parameters. */
  readonly contentType: string;
  /**
   * The bytes, to be read once; what is left unread is dropped when the request ends.
   * @throws BODY_TOO_LARGE after `limitBytes`, REQUEST_INVALID where the client went away
   */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** What a handler works on. */
export interface HandlerRequest {
  readonly params: RouteRequest['params'];
  /** The declared parameters of the query with their defaults: `OptionsOf` the route's table. Empty where it has none. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: RequestHeaders;
  /** Undefined on routes that take none, or an optional one that is not there. */
  readonly body: DecodedBody | undefined;
  /** The body of a route that takes a stream. */
  readonly upload: Upload | undefined;
  readonly basePath: string;
  readonly requestId: string;
  /** Who calls, as `authorize` said; undefined where it said nothing. */
  readonly caller: string | undefined;
  /** Aborted once the client has gone away before its answer was whole. */
  readonly signal: () => AbortSignal;
}

/** Status of an answer that is no error. */
export type AnswerStatus = 200 | 201 | 202 | 204;

/** What a handler answers. */
export type HandlerResponse = ContentResponse | EmptyResponse;

/** An answer with a body. */
export interface ContentResponse {
  /** 200 where absent. */
  readonly status?: Exclude<AnswerStatus, 204>;
  readonly mediaType: AnswerMediaType;
  /**
   * A body in pieces is taken as fast as the client reads. What the first piece throws is answered as an error; what a later
   * one throws breaks the connection off. A stream of events therefore begins with a comment at once.
   */
  readonly body: AnswerBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with no body. */
export interface EmptyResponse {
  readonly status: 204;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Media types that are decoded before a handler runs. */
export type ReadMediaType = 'application/json' | 'application/x-ndjson' | 'text/csv' | 'application/vnd.apache.parquet';

/** Media types that handlers answer with. */
export type AnswerMediaType = ReadMediaType | 'text/html' | 'text/plain' | 'text/event-stream';

/** JSON Schemas by media type. */
export type MediaSchemas = Readonly<Record<string, JsonObject>>;

/** The schemas of a model's rows and answers. */
export interface ModelSchemas {
  readonly row: JsonObject;
  readonly prediction: JsonObject;
}

/** The body that a route takes. */
export type RouteBody = DecodedRouteBody | StreamRouteBody;

/** A body that is received and decoded before the handler runs. */
export interface DecodedRouteBody {
  readonly kind: 'decoded';
  readonly limitBytes: number;
  readonly mediaTypes: readonly ReadMediaType[];
  /** Whether the request may come without one; it may not where absent. */
  readonly optional?: boolean;
  /** Whether the JSON may hold bare `NaN`, which Python writes for a missing number, for null; it may not where absent. */
  readonly allowsNaN?: boolean;
}

/** A body that the handler reads as it arrives: an upload, of any size up to the limit. */
export interface StreamRouteBody {
  readonly kind: 'stream';
  readonly limitBytes: number;
  /** Those that are taken, in lower case; 'any' takes every one. */
  readonly mediaTypes: readonly string[] | 'any';
}

/** Errors in the form of a protocol of somebody else. */
export interface Refusal {
  readonly schemas: MediaSchemas;
  /** @param message what may be told of the error: of a failure of the server, no more than its code means */
  answer(
    error: TabwrightError,
    message: string,
  ): { readonly status: number; readonly contentType: string; readonly body: string };
}

/** One line of the table. */
export interface RouteDeclaration {
  /** Name in API documents and metrics: "predict". */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path under the mount point; `:model` stands for the name of a served model, other names for a parameter as it came. */
  readonly path: string;
  /** Routes of scope 'admin' are there only where requests are authorized. */
  readonly scope: RouteScope;
  readonly summary: string;
  /** Which model answers: one named in the path, the default one, or none. */
  readonly model: 'named' | 'default' | 'none';
  /** Parameters of the query; others are refused. Where absent, the query is not looked at. */
  readonly query?: OptionsTable;
  readonly body?: RouteBody;
  /** What it answers where all is well; 200 where absent. */
  readonly statuses?: readonly AnswerStatus[];
  /** The form of its errors; problem details where absent. */
  readonly refusal?: Refusal;
  /** Schemas of body and answer, given those of the model that answers. */
  describe(schemas: ModelSchemas): { readonly body?: MediaSchemas; readonly answer: MediaSchemas };
  /** Answers, or throws an error with a code. */
  handle(request: HandlerRequest): HandlerResponse | Promise<HandlerResponse>;
}

/** A request as `authorize` sees it: before anything of its body is received. */
export interface AuthorizationRequest {
  readonly scope: Exclude<RouteScope, 'open'>;
  /** Name of the route. */
  readonly operation: string;
  readonly params: RouteRequest['params'];
  readonly headers: RequestHeaders;
}

/**
 * Lets a request through or throws, at once or later. Not asked about open routes.
 * @returns who calls, for limits and logs: a name, never the key itself; undefined where that is not known
 * @throws UNAUTHORIZED, FORBIDDEN, OVERLOADED
 */
export type Authorize = (request: AuthorizationRequest) => string | undefined | Promise<string | undefined>;

/** A route that an adapter can mount. */
export interface Route extends Omit<RouteDeclaration, 'describe' | 'handle' | 'refusal'> {
  /** JSON Schemas (draft 2020-12, without references) of body and answer, for the host's API documents. */
  readonly schemas: { readonly body?: MediaSchemas; readonly answer: MediaSchemas };
  /**
   * Answers a request, errors included, by one call of `resolve`; of `reject` where an unexpected error is left to the
   * host or `resolve` threw. They fit `new Promise`; callbacks, because promises would cost more than checking a row.
   */
  answer(request: RouteRequest, resolve: (response: RouteResponse) => void, reject: (error: unknown) => void): void;
}
