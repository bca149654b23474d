import { Writable } from 'node:stream';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { REDACTED_PATHS, redactRow } from '../../src/core/redact.js';

test('replaces every value of a row by its kind', () => {
  const row = { age: 31, name: 'Ada', left: null, at: new Date(0), score: Number.NaN, tags: ['a'] };
  expect(redactRow(row)).toEqual({
    age: 'number',
    name: 'string',
    left: 'null',
    at: 'date',
    score: 'NaN',
    tags: 'array',
  });
});

test('keeps the names of a row and none of its strings', () => {
  const secret = fc.string({ minLength: 12, maxLength: 30 });
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 5 }), secret), (row) => {
      const redacted = redactRow(row);
      expect(Object.keys(redacted)).toEqual(Object.keys(row));
      for (const value of Object.values(redacted)) expect(value).toBe('string');
    }),
  );
});

test('keeps rows, bodies and credentials out of the lines of a pino logger', () => {
  let line = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      line += chunk;
      done();
    },
  });
  const headers = { authorization: 'Bearer s3cret', cookie: 's3cret', 'x-api-key': 's3cret', accept: 'text/csv' };
  const logger = pino({ redact: [...REDACTED_PATHS] }, sink);
  logger.info({ row: { a: 's3cret' }, rows: ['s3cret'], body: 's3cret', headers }, 'scored');
  expect(line).toContain('text/csv');
  expect(line).not.toContain('s3cret');
});
