// API keys from one line of text, such as an environment variable: "name:scopes:key,…".
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ApiKey } from './api-keys.js';
import type { Scope } from './authenticator.js';

const DIGEST = 'sha256=';

/**
 * Keys for {@link apiKeys} from `name:scopes:key` or `name:scopes:sha256=digest`, separated by commas; scopes by "+".
 * @param source where the text comes from, for messages, which never hold a key
 * @throws OPTION_INVALID for an entry that is not of this form
 * @example
 * const auth = apiKeys(parseApiKeys('shop:predict:sha256=288eb9…,operations:predict+admin:sha256=e4a512…', 'API_KEYS'));
 */
export function parseApiKeys(text: string, source: string): ApiKey[] {
  return text.split(',').map((entry, position) => {
    const [, name, scopes = '', key = ''] = /^\s*([^:]*):([^:]*):(.*?)\s*$/.exec(entry) ?? [];
    if (name === undefined) {
      throw new TabwrightError('OPTION_INVALID', `${source}: key ${position} must be name:scopes:key`);
    }
    const secret = key.startsWith(DIGEST) ? { sha256: key.slice(DIGEST.length) } : { key };
    return { name, scopes: scopes.split('+') as Scope[], ...secret };
  });
}
