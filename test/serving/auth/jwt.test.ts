import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JwtClaims } from '../../../src/serving/auth/jwt.js';
import { jwt } from '../../../src/serving/auth/jwt.js';

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text: string) => createHmac('sha256', 'secret').update(text).digest('base64url');

function token(claims: JwtClaims): string {
  const text = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${text}.${sign(text)}`;
}

/** Checks signatures as a library would. */
function verify(given: string): JwtClaims {
  const [head, body = '', signature] = given.split('.');
  if (signature !== sign(`${head}.${body}`)) throw new Error('signature verification failed');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

describe('jwt', () => {
  test.each([
    ['words of scope', { sub: 'ann', scope: 'openid admin' }, { name: 'ann', scopes: ['admin'] }],
    ['a list of scp', { sub: 'ann', scp: ['predict', 7] }, { name: 'ann', scopes: ['predict'] }],
    ['a list of scopes', { scopes: ['admin', 'predict'] }, { name: 'token', scopes: ['predict', 'admin'] }],
    ['no scope', { sub: 'ann' }, { name: 'ann', scopes: [] }],
  ])('takes scopes from %s', async (_what, claims, caller) => {
    expect(await jwt({ verify }).authenticate(bearer(token(claims)))).toEqual(caller);
  });

  test('takes scopes as the host says', async () => {
    const auth = jwt({
      verify: async (text) => verify(text),
      scopes: ({ role }) => (role === 'boss' ? ['admin'] : []),
    });
    expect(await auth.authenticate(bearer(token({ sub: 'b', role: 'boss' })))).toEqual({
      name: 'b',
      scopes: ['admin'],
    });
  });

  test('refuses a token that the verifier refuses, and keeps why to itself', async () => {
    const forged = `${token({ sub: 'ann', scope: 'admin' }).split('.').slice(0, 2).join('.')}.AAAA`;
    const refused = jwt({ verify }).authenticate(bearer(forged));
    await expect(refused).rejects.toMatchObject({ code: 'UNAUTHORIZED', message: 'the token is not valid' });
  });

  test.each([{}, bearer('k'.repeat(32)), { authorization: 'Basic YTpi' }])('leaves %j to others', async (headers) => {
    expect(await jwt({ verify }).authenticate(headers)).toBeUndefined();
  });
});
