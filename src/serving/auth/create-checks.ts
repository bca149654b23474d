// The checks of requests that a table's options ask for.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Authorize } from '../route.js';
import type { ResolvedServingOptions, ServingOptions } from '../serving-options.js';
import type { Authenticator } from './authenticator.js';
import { authorizeBy } from './authorize-by.js';
import { eventLoopPressure } from './event-loop-pressure.js';
import { guard } from './guard.js';
import { TokenBuckets } from './token-buckets.js';

/** What stands before the routes of one table. */
export interface Checks {
  /** Asked about every request to a route that is not open; undefined where there is nothing to check. */
  readonly authorize: Authorize | undefined;
  /** Whether somebody said who may administer. */
  readonly isAdminThere: boolean;
  /** Security schemes of OpenAPI documents, by name; none where everybody may call, or the check is the host's own. */
  readonly schemes: Authenticator['schemes'];
}

/** @throws OPTION_INVALID where both `auth` and `authorize` are given, or a burst without a rate */
export function createChecks(
  { auth, authorize }: Pick<ServingOptions, 'auth' | 'authorize'>,
  { rateLimitPerSecond, rateLimitBurst, maxEventLoopDelayMs }: ResolvedServingOptions,
  clock: () => number,
): Checks {
  if (auth !== undefined && authorize !== undefined) {
    throw new TabwrightError('OPTION_INVALID', 'serving: auth and authorize must not both be given');
  }
  if (rateLimitBurst !== undefined && rateLimitPerSecond === undefined) {
    throw new TabwrightError('OPTION_INVALID', 'serving: rateLimitBurst needs rateLimitPerSecond');
  }
  const buckets =
    rateLimitPerSecond === undefined
      ? undefined
      : new TokenBuckets(rateLimitPerSecond, rateLimitBurst ?? Math.max(1, Math.ceil(rateLimitPerSecond)), clock);
  const isLate = maxEventLoopDelayMs === undefined ? undefined : eventLoopPressure(maxEventLoopDelayMs, clock);
  return {
    authorize: guard({ authorize: authorize ?? authorizeOf(auth), buckets, isLate }),
    schemes: Object.assign({}, ...authenticatorsOf(auth).map(({ schemes }) => schemes)),
    isAdminThere: auth !== undefined || authorize !== undefined,
  };
}

function authorizeOf(auth: ServingOptions['auth']): Authorize | undefined {
  return auth === undefined || auth === 'none' ? undefined : authorizeBy(authenticatorsOf(auth));
}

function authenticatorsOf(auth: ServingOptions['auth']): readonly Authenticator[] {
  return auth === undefined || auth === 'none' ? [] : [auth].flat();
}
