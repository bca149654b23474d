import { expect, test } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';

test('the silent logger takes every call and gives itself as child', () => {
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    expect(silentLogger[level]({ rows: 3 }, 'scored')).toBeUndefined();
    expect(silentLogger[level]('scored')).toBeUndefined();
  }
  expect(silentLogger.child({ requestId: 'a' })).toBe(silentLogger);
});
