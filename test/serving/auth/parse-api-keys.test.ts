import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { apiKeys } from '../../../src/serving/auth/api-keys.js';
import { parseApiKeys } from '../../../src/serving/auth/parse-api-keys.js';

const KEY = 'a:b'.repeat(8);
const sha256 = createHash('sha256').update(KEY).digest('hex');

test('reads names, scopes and keys or digests, with spaces around entries and colons in keys', () => {
  expect(parseApiKeys(`shop:predict:${KEY}, ops:predict+admin:sha256=${sha256}`, 'KEYS')).toEqual([
    { name: 'shop', scopes: ['predict'], key: KEY },
    { name: 'ops', scopes: ['predict', 'admin'], sha256 },
  ]);
  expect(
    apiKeys(parseApiKeys(`ops:predict+admin:sha256=${sha256}`, 'KEYS')).authenticate({ 'x-api-key': KEY }),
  ).toEqual({
    name: 'ops',
    scopes: ['predict', 'admin'],
  });
});

test.each(['shop', `shop:${'k'.repeat(32)}`, ''])('refuses an entry of too few parts without showing it', (entry) => {
  const refused = () => parseApiKeys(`shop:predict:${KEY},${entry}`, 'KEYS');
  expect(refused).toThrow(/^KEYS: key 1 must be name:scopes:key$/);
});
