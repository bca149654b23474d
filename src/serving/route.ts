// HTTP as a table: what a route is, in values that no framework owns. Adapters translate; everything else happens here.
import type { JsonObject } from '../core/json.js';
import type { Logger } from '../core/logger.js';

/** Who may call a route. */
export type RouteScope = 'open' | 'predict' | 'admin';

/** Header values by lower-case name. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What an adapter hands over. */
export interface RouteRequest {
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers: RequestHeaders;
  /**
   * The body: its stream or its bytes, or what a parser of the host has made of it already (text or a parsed value);
   * undefined where there is none.
   */
  readonly body: unknown;
  /** Path that the table is mounted at, such as "/ml"; empty at the root. */
  readonly basePath: string;
  /** The host's logger for this request; used where the table was given none. */
  readonly logger?: Logger;
}

/** What an adapter sends. */
export interface RouteResponse {
  readonly status: number;
  /** Values by lower-case name: content type, request id and caching; length and transfer are the adapter's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A body in the form its media type stands for. */
export type DecodedBody =
  | { readonly mediaType: 'application/json'; readonly value: unknown }
  | { readonly mediaType: 'text/csv'; readonly bytes: Uint8Array };

/** What a handler works on. */
export interface HandlerRequest {
  readonly params: RouteRequest['params'];
  readonly headers: RequestHeaders;
  /** Undefined on routes that take none. */
  readonly body: DecodedBody | undefined;
  readonly basePath: string;
}

/** What a handler answers; the status is 200. */
export interface HandlerResponse {
  readonly mediaType: MediaType;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Media types that the library writes and reads. */
export type MediaType = 'application/json' | 'text/csv';

/** JSON Schemas by media type. */
export type MediaSchemas = Readonly<Partial<Record<MediaType, JsonObject>>>;

/** The schemas of a model's rows and answers. */
export interface ModelSchemas {
  readonly row: JsonObject;
  readonly prediction: JsonObject;
}

/** The body that a route takes. */
export interface RouteBody {
  readonly limitBytes: number;
  readonly mediaTypes: readonly MediaType[];
}

/** One line of the table. */
export interface RouteDeclaration {
  /** Name in API documents and metrics: "predict". */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** Path under the mount point; `:model` stands for the name of a served model. */
  readonly path: string;
  readonly scope: RouteScope;
  readonly summary: string;
  /** Which model answers: one named in the path, the default one, or none. */
  readonly model: 'named' | 'default' | 'none';
  readonly body?: RouteBody;
  /** Schemas of body and answer, given those of the model that answers. */
  describe(schemas: ModelSchemas): { readonly body?: MediaSchemas; readonly answer: MediaSchemas };
  /** Answers, or throws an error with a code. */
  handle(request: HandlerRequest): HandlerResponse | Promise<HandlerResponse>;
}

/** A route that an adapter can mount. */
export interface Route extends Omit<RouteDeclaration, 'describe' | 'handle'> {
  /** JSON Schemas (draft 2020-12, without references) of body and answer, for the host's API documents. */
  readonly schemas: { readonly body?: MediaSchemas; readonly answer: MediaSchemas };
  /**
   * Answers a request, errors included, by one call of `resolve`; of `reject` where an unexpected error is left to the
   * host or `resolve` threw. They fit `new Promise`; callbacks, because promises would cost more than checking a row.
   */
  answer(request: RouteRequest, resolve: (response: RouteResponse) => void, reject: (error: unknown) => void): void;
}
