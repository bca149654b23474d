// API keys: kept as SHA-256 digests only, compared in constant time. Keys must be random, as digests of guessable ones can be guessed.
import { createHash, timingSafeEqual } from 'node:crypto';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { RequestHeaders } from '../route.js';
import type { Authenticator, Caller, Scope } from './authenticator.js';
import { SCOPES } from './authenticator.js';
import { bearerToken } from './bearer-token.js';

const MIN_KEY_LENGTH = 16;
const NAME = /^[\w.@-]{1,64}$/;

/** One key. Give the key itself or, so that it stands in no file, its digest. */
export interface ApiKey {
  /** Stands for the key in logs and rate limits: 1 to 64 letters, digits, ".", "_", "@" or "-". */
  readonly name: string;
  /** At least 16 characters, best 32 random bytes in hexadecimal. */
  readonly key?: string | undefined;
  /** SHA-256 of the key, 64 hexadecimal digits. */
  readonly sha256?: string | undefined;
  /** `['predict']` where absent. */
  readonly scopes?: readonly Scope[] | undefined;
}

interface StoredKey {
  readonly digest: Buffer;
  readonly caller: Caller;
}

/**
 * Callers by API key, sent as `Authorization: Bearer <key>` or `X-Api-Key: <key>`.
 * @throws OPTION_INVALID for no keys, names that are not well-formed or not unique, short keys, unknown scopes
 * @example
 * const auth = apiKeys([{ name: 'shop', sha256: process.env.SHOP_KEY_SHA256, scopes: ['predict'] }]);
 */
export function apiKeys(keys: readonly ApiKey[]): Authenticator {
  if (keys.length === 0) throw new TabwrightError('OPTION_INVALID', 'apiKeys: there must be at least one key');
  const stored = keys.map(storedKey);
  if (new Set(keys.map(({ name }) => name)).size < keys.length) {
    throw new TabwrightError('OPTION_INVALID', 'apiKeys: every key must have a name of its own');
  }
  return {
    schemes: {
      apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    authenticate(headers) {
      const key = presented(headers);
      return key === undefined ? undefined : find(stored, digestOf(key));
    },
  };
}

function presented(headers: RequestHeaders): string | undefined {
  const key = headers['x-api-key'];
  return typeof key === 'string' && key !== '' ? key : bearerToken(headers);
}

/** Looks at every key whichever fits, so that the time tells nothing. */
function find(stored: readonly StoredKey[], digest: Buffer): Caller | undefined {
  let found: Caller | undefined;
  for (const key of stored) {
    if (timingSafeEqual(key.digest, digest)) found = key.caller;
  }
  return found;
}

function storedKey({ name, key, sha256, scopes = ['predict'] }: ApiKey, position: number): StoredKey {
  const refuse = (rule: string): never => {
    throw new TabwrightError('OPTION_INVALID', `apiKeys: key ${position} must have ${rule}`);
  };
  if (typeof name !== 'string' || !NAME.test(name)) refuse('a name of 1 to 64 letters, digits, ".", "_", "@" or "-"');
  if ((key === undefined) === (sha256 === undefined)) refuse('either key or sha256');
  if (key !== undefined && key.length < MIN_KEY_LENGTH) refuse(`at least ${MIN_KEY_LENGTH} characters`);
  if (sha256 !== undefined && !/^[\da-f]{64}$/i.test(sha256)) refuse('64 hexadecimal digits as sha256');
  if (!scopes.every((scope) => SCOPES.includes(scope))) refuse(`no scopes but ${SCOPES.join(', ')}`);
  const digest = key === undefined ? Buffer.from(sha256 as string, 'hex') : digestOf(key);
  return { digest, caller: { name, scopes: [...scopes] } };
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
