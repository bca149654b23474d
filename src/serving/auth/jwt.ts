// JSON Web Tokens through a verifier of the host's choice: signatures, keys, issuers and times are its business.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Authenticator, Scope } from './authenticator.js';
import { SCOPES } from './authenticator.js';
import { bearerToken } from './bearer-token.js';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** What a token says. */
export type JwtClaims = Readonly<Record<string, unknown>>;

/** What {@link jwt} takes. */
export interface JwtOptions {
  /** The claims of a token that is valid; throws for every other. */
  readonly verify: (token: string) => JwtClaims | Promise<JwtClaims>;
  /**
   * Scopes by claims; others than `predict` and `admin` are passed over. Where absent, those of the claim `scope` (words
   * separated by blanks, RFC 8693) or `scp` or `scopes` (a list).
   */
  readonly scopes?: ((claims: JwtClaims) => readonly string[]) | undefined;
}

/**
 * Callers by JSON Web Token, sent as `Authorization: Bearer <token>`. The claim `sub` is the caller's name.
 * @example
 * const keys = createRemoteJWKSet(new URL('https://id.example.com/keys')); // from jose
 * const auth = jwt({ verify: async (token) => (await jwtVerify(token, keys, { issuer, audience })).payload });
 */
export function jwt({ verify, scopes = scopesOf }: JwtOptions): Authenticator {
  return {
    schemes: { jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    async authenticate(headers) {
      const token = bearerToken(headers);
      if (token === undefined || !JWT.test(token)) return undefined;
      const claims = await verified(verify, token);
      const named = scopes(claims);
      const name = typeof claims.sub === 'string' ? claims.sub.slice(0, 128) : 'token';
      return { name, scopes: SCOPES.filter((scope: Scope) => named.includes(scope)) };
    },
  };
}

async function verified(verify: JwtOptions['verify'], token: string): Promise<JwtClaims> {
  try {
    return await verify(token);
  } catch (cause) {
    throw new TabwrightError('UNAUTHORIZED', 'the token is not valid', { cause });
  }
}

function scopesOf({ scope, scp, scopes }: JwtClaims): string[] {
  if (typeof scope === 'string') return scope.split(' ');
  const listed = scp ?? scopes;
  return Array.isArray(listed) ? listed.filter((each) => typeof each === 'string') : [];
}
