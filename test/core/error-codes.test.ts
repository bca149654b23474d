import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/core/error-codes.js';

const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** The cells of the rows of a table, found by the first words of its header. */
function tableRows(header: string): string[][] {
  const [, after = ''] = page.split(`| ${header} |`);
  const lines = after.split('\n').slice(2);
  const rows = lines.slice(0, lines.indexOf('') === -1 ? lines.length : lines.indexOf(''));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const documented = tableRows('code | status | exit code');
const codes = Object.entries(ERROR_CODES);

describe('docs/errors.md', () => {
  test('lists every code once, in the order of the table, and no other', () => {
    expect(documented.map(([code]) => code)).toEqual(codes.map(([code]) => `\`${code}\``));
  });

  test.each(codes)('gives %s the status, exit code and meaning of the table, and says what to do', (code, entry) => {
    const row = documented.find(([name]) => name === `\`${code}\``);
    expect(row?.slice(1, 4)).toEqual([String(entry.status), String(entry.exitCode), entry.doc]);
    expect(row?.[4]).toMatch(/^[A-Z].*\.$/);
    expect(row?.length).toBe(5);
  });

  test('explains every exit code that a code has, and no other but 0', () => {
    const explained = tableRows('exit code | meaning').map(([exitCode]) => Number(exitCode));
    expect(new Set(explained)).toEqual(new Set([0, ...codes.map(([, { exitCode }]) => exitCode)]));
  });
});

test.each(codes)('%s has an HTTP error status, an exit code of a failure, and a sentence', (_code, entry) => {
  expect(entry.status >= 400 && entry.status < 600).toBe(true);
  expect(entry.exitCode > 0 && entry.exitCode < 256).toBe(true);
  expect(entry.doc).toMatch(/^[A-Z].*\.$/);
});
