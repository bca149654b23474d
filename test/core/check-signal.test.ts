import { expect, test } from 'vitest';
import { checkSignal } from '../../src/core/check-signal.js';

test('lets work go on where there is no signal or it was not aborted', () => {
  expect(() => checkSignal(undefined)).not.toThrow();
  expect(() => checkSignal(new AbortController().signal)).not.toThrow();
});

test('ends work with CANCELLED and the reason as cause', () => {
  const reason = new Error('the client left');
  expect(() => checkSignal(AbortSignal.abort(reason))).toThrowError(
    expect.objectContaining({ code: 'CANCELLED', cause: reason, exitCode: 130 }),
  );
});
