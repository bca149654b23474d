// Files that are made to break a profile: each is profiled, alike on threads, and its page is small and shows text as text.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGE_LIMIT_BYTES, profilePage } from '../../src/eda/page/profile-page.js';
import { profile } from '../../src/eda/profile.js';
import { closeProfileThreads } from '../../src/eda/profile-crew.js';
import type { Profile } from '../../src/eda/profile-types.js';
import { csv } from '../../src/loaders/csv/csv.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabwright-hostile-'));
});
afterAll(async () => {
  await closeProfileThreads();
  await rm(folder, { recursive: true });
});

const SCRIPT = '<script>alert(1)</script>';
const BIDI = '\u202Eevil\u202C';
/** Rows that make a file long enough to be read in pieces. */
const N_ROWS = 6000;

function file(header: string, row: (i: number) => string, nRows = N_ROWS): string {
  return `${header}\n${Array.from({ length: nRows }, (_, i) => row(i)).join('\n')}\n`;
}

/** Each with what must be true of its profile. */
const CASES: Readonly<Record<string, readonly [text: () => string, check: (found: Profile) => void]>> = {
  'names and values that are scripts': [
    () => file(`${SCRIPT},"a ""b"""`, (i) => `${SCRIPT}${i % 5},"</script>${SCRIPT}"`),
    ({ columns }) => expect(columns.map(({ name }) => name)).toEqual([SCRIPT, 'a "b"']),
  ],
  'ten thousand columns': [
    () => file(Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(','), (i) => `${i},`.repeat(9999).concat('x'), 9),
    ({ overview }) => expect(overview.nColumns).toBe(10_000),
  ],
  'a value of five megabytes': [
    () => file('id,text', (i) => `${i},${i === 7 ? 'ä'.repeat(2.5e6) : 'short'}`),
    ({ columns }) => {
      expect(columns[1]?.text?.maxLength).toBe(2.5e6);
      expect(columns[1]?.distinct.count).toBe(2);
      expect(Math.max(...(columns[1]?.top?.values ?? []).map(({ value }) => String(value).length))).toBeLessThan(300);
    },
  ],
  'columns with no value': [
    () => file('a,b,c', () => ',NA,NULL', 30_000),
    ({ columns, overview }) => {
      expect(columns.map(({ type }) => type)).toEqual(['empty', 'empty', 'empty']);
      expect(overview.missingCells.share).toBe(1);
    },
  ],
  'a single row': [
    () => 'a,b\n1,x\n',
    ({ columns }) => expect(columns.map(({ type }) => type)).toEqual(['constant', 'constant']),
  ],
  'numbers at the ends of doubles, and minus zero': [
    () => file('huge,zero', (i) => `${i % 2 ? '1e308' : '-1e308'},${i % 2 ? '-0' : '0'}`, 20_000),
    ({ columns }) => {
      expect(columns[0]?.top?.values.map(({ value }) => value)).toEqual([-1e308, 1e308]);
      expect(columns[1]?.type).toBe('constant');
      expect(Object.is(columns[1]?.top?.values[0]?.value, 0)).toBe(true);
    },
  ],
  'bidirectional text and emoji': [
    () => file(`${BIDI},😀`, (i) => `${BIDI}${i % 3},${['👨‍👩‍👧', 'é', 'e\u0301'][i % 3]}`),
    ({ columns }) => {
      expect(columns[1]?.text?.maxLength).toBe(5);
      expect(columns[1]?.variants?.nGroups).toBe(1);
    },
  ],
};

test.each(Object.entries(CASES))('%s', { timeout: 120_000 }, async (name, [text, check]) => {
  const path = join(folder, `${name}.csv`);
  await writeFile(path, text());
  const found = await profile(csv(path, { maxCellBytes: 2 ** 23 }), { numThreads: 1 });
  check(found);
  const { reproduction: _, ...alone } = found;
  const { reproduction: __, ...onThreads } = await profile(csv(path, { maxCellBytes: 2 ** 23 }), { numThreads: 2 });
  expect(onThreads).toEqual(alone);
  const page = profilePage(found);
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_LIMIT_BYTES);
  expect(page).not.toContain(SCRIPT);
});

test('a value past maxCellBytes is refused by its place', async () => {
  const path = join(folder, 'long.csv');
  await writeFile(
    path,
    file('id,text', (i) => `${i},${i === 7 ? 'x'.repeat(2 ** 20 + 1) : 'short'}`),
  );
  await expect(profile(csv(path), { numThreads: 2 })).rejects.toMatchObject({
    code: 'DATA_TOO_LARGE',
    message: expect.stringContaining('line 9, column 2'),
  });
});
