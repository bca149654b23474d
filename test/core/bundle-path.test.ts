import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBundlePaths } from '../../src/core/bundle-path.js';

const check = (...paths: string[]) => checkBundlePaths(new Map(paths.map((path) => [path, null])));
const refusal = (rule: RegExp) =>
  expect.objectContaining({ code: 'BUNDLE_INVALID', message: expect.stringMatching(rule) });

test.each([[['MLmodel']], [['a/b/c.txt', 'a/b/d.txt', 'a/e']], [['plots/fold 1 é.svg']], [['.hidden', 'a..b', '..a']]])(
  'takes %j',
  (paths) => {
    expect(() => check(...paths)).not.toThrow();
  },
);

test.each([
  ['', /must not be empty/],
  ['/etc/passwd', /must be relative/],
  ['..', /empty or ends with a dot/],
  ['../up', /empty or ends with a dot/],
  ['a/../../up', /empty or ends with a dot/],
  ['./a', /empty or ends with a dot/],
  ['a//b', /empty or ends with a dot/],
  ['a/', /empty or ends with a dot/],
  ['a/.. /b', /a space/],
  ['a./b', /ends with a dot/],
  ['a\\..\\b', /no backslash/],
  ['C:a', /colon/],
  ['a\u0000', /control character/],
  ['a\n', /control character/],
  ['é'.repeat(128), /255 bytes/],
  ['manifest.json', /kept for the digests/],
])('refuses %j', (path, rule) => {
  expect(() => check('model', path)).toThrowError(refusal(rule));
});

test('takes a part of 255 bytes, and manifest.json in a folder', () => {
  expect(() => check(`a/${'é'.repeat(127)}x`, 'a/manifest.json')).not.toThrow();
});

test('refuses no files, and a file inside another in either order', () => {
  expect(() => check()).toThrowError(refusal(/at least one file/));
  expect(() => check('a', 'a/b')).toThrowError(refusal(/"a\/b" must not be inside/));
  expect(() => check('x/a/b/c', 'x/a')).toThrowError(refusal(/"x\/a\/b\/c" must not be inside/));
});

test('what it takes stays inside the bundle on every system', () => {
  const part = fc.constantFrom('..', '.', '.. ', '', 'a', 'C:', '\\', 'b.txt');
  const path = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/')),
  );
  fc.assert(
    fc.property(path, (candidate) => {
      try {
        check(candidate);
      } catch {
        return;
      }
      expect(posix.resolve('/bundle', candidate)).toBe(`/bundle/${candidate}`);
      expect(win32.resolve('C:\\bundle', candidate)).toBe(`C:\\bundle\\${candidate.replaceAll('/', '\\')}`);
    }),
    { numRuns: 500 },
  );
});
