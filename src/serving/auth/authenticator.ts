// The contract of what tells callers apart: keys, tokens, or whatever a host has of its own.
import type { JsonObject } from '../../core/json.js';
import type { RequestHeaders, RouteScope } from '../route.js';

/** What a caller may be allowed to do. No scope includes another. */
export type Scope = Exclude<RouteScope, 'open'>;

/** Every scope. */
export const SCOPES: readonly Scope[] = ['predict', 'admin'];

/** Who sent a request. */
export interface Caller {
  /** Stands in logs and counts for rate limits; never a secret. */
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** Tells who sent a request. */
export interface Authenticator {
  /** Its security schemes in OpenAPI documents, by name; one of them is enough. */
  readonly schemes: Readonly<Record<string, JsonObject>>;
  /**
   * The caller, or undefined where the request carries no credentials that are known here.
   * @throws UNAUTHORIZED for credentials of its kind that are not valid
   */
  authenticate(headers: RequestHeaders): Caller | undefined | Promise<Caller | undefined>;
}
