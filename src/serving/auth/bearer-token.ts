import type { RequestHeaders } from '../route.js';

/** The token of `Authorization: Bearer` (RFC 6750, section 2.1); undefined where there is none. */
export function bearerToken({ authorization }: RequestHeaders): string | undefined {
  return typeof authorization === 'string' ? /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1] : undefined;
}
