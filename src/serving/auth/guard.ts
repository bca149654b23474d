// What stands before every route that is not open: is there time, may they, and not too often.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Authorize } from '../route.js';
import type { TokenBuckets } from './token-buckets.js';

/** What a guard checks; what is absent is not checked. */
export interface GuardOptions {
  /** Who calls, and whether they may. */
  readonly authorize: Authorize | undefined;
  /** Rate limit a caller; requests without one share theirs. */
  readonly buckets: TokenBuckets | undefined;
  /** Whether the process is late with its work. */
  readonly isLate: (() => boolean) | undefined;
}

const RETRY_AFTER_LATE_SECONDS = 1;

/** The check of requests; it answers at once where `authorize` does. Undefined where there is nothing to check. */
export function guard({ authorize, buckets, isLate }: GuardOptions): Authorize | undefined {
  if (buckets === undefined && isLate === undefined) return authorize;

  function limited(caller: string | undefined): string | undefined {
    const waitSeconds = buckets?.take(caller ?? '') ?? 0;
    if (waitSeconds === 0) return caller;
    throw new TabwrightError('OVERLOADED', 'the rate limit of this caller is reached', {
      retryAfterSeconds: Math.ceil(waitSeconds),
    });
  }

  return (request) => {
    if (isLate?.() === true) {
      throw new TabwrightError('SERVER_BUSY', 'the event loop is late', {
        retryAfterSeconds: RETRY_AFTER_LATE_SECONDS,
      });
    }
    const caller = authorize?.(request);
    return caller instanceof Promise ? caller.then(limited) : limited(caller);
  };
}
