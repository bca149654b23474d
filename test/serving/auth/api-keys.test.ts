import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ApiKey } from '../../../src/serving/auth/api-keys.js';
import { apiKeys } from '../../../src/serving/auth/api-keys.js';

const KEY = 'k'.repeat(32);
const OTHER = 'o'.repeat(32);
const sha256 = createHash('sha256').update(OTHER).digest('hex');
const auth = apiKeys([
  { name: 'shop', key: KEY },
  { name: 'ops', sha256, scopes: ['predict', 'admin'] },
]);

describe('apiKeys', () => {
  test.each([
    ['a bearer token', { authorization: `Bearer ${KEY}` }, { name: 'shop', scopes: ['predict'] }],
    ['any case of the scheme', { authorization: `bearer ${KEY}` }, { name: 'shop', scopes: ['predict'] }],
    ['the header x-api-key', { 'x-api-key': KEY }, { name: 'shop', scopes: ['predict'] }],
    ['a key known by its digest', { 'x-api-key': OTHER }, { name: 'ops', scopes: ['predict', 'admin'] }],
  ])('knows a caller by %s', (_what, headers, caller) => {
    expect(auth.authenticate(headers)).toEqual(caller);
  });

  test.each([
    ['no header', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['a part of a key', { 'x-api-key': KEY.slice(1) }],
    ['the digest in place of the key', { 'x-api-key': sha256 }],
    ['another scheme', { authorization: `Basic ${KEY}` }],
    ['two values', { 'x-api-key': [KEY, KEY] }],
  ])('knows nobody by %s', (_what, headers) => {
    expect(auth.authenticate(headers)).toBeUndefined();
  });

  test('holds no key that could be shown', () => {
    expect(inspect(auth, { depth: 10, showHidden: true })).not.toContain(KEY);
  });

  test.each<[string, readonly ApiKey[]]>([
    ['no keys', []],
    ['a key without a name', [{ name: '', key: KEY }]],
    ['a name with line breaks', [{ name: 'a\nb', key: KEY }]],
    [
      'two keys of one name',
      [
        { name: 'a', key: KEY },
        { name: 'a', key: OTHER },
      ],
    ],
    ['a short key', [{ name: 'a', key: 'hunter2' }]],
    ['neither key nor digest', [{ name: 'a' }]],
    ['both key and digest', [{ name: 'a', key: KEY, sha256 }]],
    ['a digest that is none', [{ name: 'a', sha256: 'abc' }]],
    ['an unknown scope', [{ name: 'a', key: KEY, scopes: ['root' as never] }]],
  ])('refuses %s, and shows no key', (_what, keys) => {
    const refusal = (): string => {
      try {
        apiKeys(keys);
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as Error).message}`;
      }
      return '';
    };
    expect(refusal()).toMatch(/^OPTION_INVALID apiKeys: /);
    expect(refusal()).not.toMatch(/hunter2|kkkk|abc/);
  });
});
