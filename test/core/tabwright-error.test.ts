import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/core/error-codes.js';
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import { TabwrightError } from '../../src/core/tabwright-error.js';

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s carries the status and exit code of the table', (code) => {
  const error = new TabwrightError(code, 'message');
  expect(error).toMatchObject({ code, message: 'message', name: 'TabwrightError', problems: [] });
  expect([error.status, error.exitCode]).toEqual([ERROR_CODES[code].status, ERROR_CODES[code].exitCode]);
  expect(isTabwrightError(error)).toBe(true);
});

test('carries problems and cause', () => {
  const problem = { column: 'age', rule: 'must be >= 16', kind: 'number', count: 2, rows: [0, 4] };
  const cause = new Error('inner');
  const error = new TabwrightError('VALIDATION_FAILED', 'message', { problems: [problem], cause });
  expect(error.problems).toEqual([problem]);
  expect(error.cause).toBe(cause);
});

test('has a cause only where one is given, also undefined', () => {
  expect('cause' in new TabwrightError('INTERNAL', 'message')).toBe(false);
  expect('cause' in new TabwrightError('INTERNAL', 'message', { cause: undefined })).toBe(true);
});

test('recognises the error of another copy of the package by its code', () => {
  const other = Object.assign(new Error('elsewhere'), { code: 'MODEL_NOT_FOUND', status: 404 });
  expect(isTabwrightError(other)).toBe(true);
});

test.each([
  ['a system error', Object.assign(new Error(''), { code: 'ENOENT', status: 1 })],
  ['an inherited name as code', Object.assign(new Error(''), { code: 'constructor', status: 1 })],
  ['an error with a code only', Object.assign(new Error(''), { code: 'INTERNAL' })],
  ['a plain object', { code: 'INTERNAL', status: 500 }],
  ['null', null],
])('does not recognise %s', (_what, value) => {
  expect(isTabwrightError(value)).toBe(false);
});
