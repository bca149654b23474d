// The check of a request by authenticators: who is it, and may they.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { AuthorizationRequest, Authorize } from '../route.js';
import type { Authenticator, Caller } from './authenticator.js';

/** Lets callers through whom one of the authenticators knows, and whose scopes include the route's. */
export function authorizeBy(authenticators: readonly Authenticator[]): Authorize {
  return (request) => {
    const caller = identify(authenticators, request);
    return caller instanceof Promise ? caller.then((found) => checked(found, request)) : checked(caller, request);
  };
}

/** The caller by the first authenticator that knows one. */
function identify(
  [first, ...others]: readonly Authenticator[],
  request: AuthorizationRequest,
): Caller | undefined | Promise<Caller | undefined> {
  if (first === undefined) return undefined;
  const found = first.authenticate(request.headers);
  if (found instanceof Promise) return found.then((caller) => caller ?? identify(others, request));
  return found ?? identify(others, request);
}

/** @throws UNAUTHORIZED, FORBIDDEN */
function checked(caller: Caller | undefined, { scope }: AuthorizationRequest): string {
  if (caller === undefined) throw new TabwrightError('UNAUTHORIZED', 'valid credentials are required');
  if (caller.scopes.includes(scope)) return caller.name;
  throw new TabwrightError('FORBIDDEN', `the scope ${scope} is required`);
}
