import { describe, expect, test } from 'vitest';
import { apiKeys } from '../../../src/serving/auth/api-keys.js';
import { authorizeBy } from '../../../src/serving/auth/authorize-by.js';
import { eventLoopPressure } from '../../../src/serving/auth/event-loop-pressure.js';
import { guard } from '../../../src/serving/auth/guard.js';
import { jwt } from '../../../src/serving/auth/jwt.js';
import { TokenBuckets } from '../../../src/serving/auth/token-buckets.js';
import type { AuthorizationRequest } from '../../../src/serving/route.js';

const KEY = 'k'.repeat(32);
const keys = apiKeys([{ name: 'shop', key: KEY }]);
const tokens = jwt({
  verify(text) {
    if (text !== 'a.b.c') throw new Error('bad');
    return { sub: 'ann', scope: 'admin' };
  },
});

function request(token: string, scope: 'predict' | 'admin' = 'predict'): AuthorizationRequest {
  return { scope, operation: 'x', params: {}, headers: { authorization: `Bearer ${token}` } };
}

describe('authorizeBy', () => {
  const authorize = authorizeBy([keys, tokens]);

  test('names the caller by the first that knows one, at once where it can', async () => {
    expect(authorize(request(KEY))).toBe('shop');
    expect(await authorize(request('a.b.c', 'admin'))).toBe('ann');
    expect(await authorizeBy([tokens, keys])(request(KEY))).toBe('shop');
  });

  test.each([
    ['nobody knows', 'x'.repeat(32), 'predict', 'UNAUTHORIZED'],
    ['is known for another scope', 'a.b.c', 'predict', 'FORBIDDEN'],
    ['is forged', 'a.b.d', 'predict', 'UNAUTHORIZED'],
  ] as const)('refuses a caller who %s', async (_what, token, scope, code) => {
    await expect(async () => authorize(request(token, scope))).rejects.toMatchObject({ code });
  });

  test('refuses a key for a scope that it does not have at once', () => {
    expect(() => authorize(request(KEY, 'admin'))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
});

describe('guard', () => {
  test('is the check itself where there is nothing to limit', () => {
    const authorize = authorizeBy([keys]);
    expect(guard({ authorize, buckets: undefined, isLate: undefined })).toBe(authorize);
    expect(guard({ authorize: undefined, buckets: undefined, isLate: undefined })).toBeUndefined();
  });

  test('limits every caller alone, and counts nobody who is refused', async () => {
    const buckets = new TokenBuckets(0.5, 1, () => 0);
    const check = guard({ authorize: authorizeBy([keys, tokens]), buckets, isLate: undefined });
    const outcome = async (token: string, scope: 'predict' | 'admin') => {
      try {
        return await check?.(request(token, scope));
      } catch (error) {
        const { code, retryAfterSeconds } = error as { code: string; retryAfterSeconds?: number };
        return [code, retryAfterSeconds];
      }
    };
    expect(await outcome(KEY, 'admin')).toEqual(['FORBIDDEN', undefined]);
    expect(await outcome(KEY, 'predict')).toBe('shop');
    expect(await outcome(KEY, 'predict')).toEqual(['OVERLOADED', 2]);
    expect(await outcome('a.b.c', 'admin')).toBe('ann');
  });

  test('turns everybody away while the process is late, before it looks who it is', () => {
    let isLate = true;
    const check = guard({ authorize: authorizeBy([keys]), buckets: undefined, isLate: () => isLate });
    expect(() => check?.(request('nobody'))).toThrow(
      expect.objectContaining({ code: 'SERVER_BUSY', retryAfterSeconds: 1 }),
    );
    isLate = false;
    expect(check?.(request(KEY))).toBe('shop');
  });
});

describe('TokenBuckets', () => {
  test('gives a burst, then as many as come back', () => {
    let now = 0;
    const buckets = new TokenBuckets(2, 3, () => now);
    const take = () => buckets.take('a');
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 0.5]);
    now = 500;
    expect([take(), take()]).toEqual([0, 0.5]);
    now = 1_000_000;
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 0.5]);
  });

  test('forgets callers rather than growing without end', () => {
    const buckets = new TokenBuckets(1, 1, () => 0);
    expect([buckets.take('first'), buckets.take('first')]).toEqual([0, 1]);
    for (let i = 0; i < 10_000; i++) buckets.take(`caller-${i}`);
    expect(buckets.take('first')).toBe(0);
  });
});

describe('eventLoopPressure', () => {
  test('reads the mean delay once a window, less the interval of the timer', () => {
    let now = 0;
    let reads = 0;
    const histogram = { mean: 100e6, reset: () => (reads += 1) };
    const isLate = eventLoopPressure(50, () => now, histogram);
    expect(isLate()).toBe(false);
    now = 600;
    expect([isLate(), isLate(), reads]).toEqual([true, true, 1]);
    now = 1200;
    histogram.mean = 69e6;
    expect([isLate(), reads]).toEqual([false, 2]);
    now = 1800;
    histogram.mean = Number.NaN;
    expect(isLate()).toBe(false);
  });
});
