// The page holds to its size, asks for nothing, and shows whatever stands in the data as text.
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { PAGE_LIMIT_BYTES, profilePage } from '../../../src/eda/page/profile-page.js';
import { madeProfile } from './made-profile.js';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e`;

function payloadOf(page: string): { views: { column: { name: string; top?: { values: unknown[] } } }[] } {
  const data = /id="data">([^<]*)</.exec(page)?.[1] as string;
  return JSON.parse(inflateRawSync(Buffer.from(data, 'base64')).toString());
}

describe('profilePage', () => {
  test.each([1, 9, 200, 1000, 2000, 10_000])('is under a megabyte with %i columns', { timeout: 60_000 }, (nColumns) => {
    const page = profilePage(madeProfile({ nColumns }));
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_LIMIT_BYTES);
    expect(payloadOf(page).views).toHaveLength(nColumns);
  });

  test('is under a megabyte whatever names and values are', { timeout: 60_000 }, () => {
    const long = 'x'.repeat(100_000);
    const page = profilePage(madeProfile({ nColumns: 300, name: (i) => `${i} ${long}`, value: long }));
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_LIMIT_BYTES);
  });

  test('has the rows of the first 1,000 columns, and the details of the first ones, without a script', () => {
    const page = profilePage(madeProfile({ nColumns: 1000 }));
    expect(page.match(/<tr><th scope="row"><a href="#c\d+">/g)).toHaveLength(1000);
    expect(page.includes('<section class="dt" id="c0">')).toBe(true);
    expect(profilePage(madeProfile()).match(/<section class="dt" id="c\d+">/g)).toHaveLength(9);
  });

  test('asks for nothing, and allows its one script by hash', () => {
    const page = profilePage(madeProfile());
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] as string;
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = `default-src 'none';style-src 'unsafe-inline';script-src 'sha256-${hash}'`;
    expect(page.includes(policy)).toBe(true);
    const outside = page.replaceAll('http://www.w3.org/2000/svg', '').replaceAll('data:image/png', '');
    expect(outside).not.toMatch(/https?:\/\/|url\(|@import/);
    expect(outside.match(/src="(?!;base64)[^"]*/g)).toBeNull();
  });

  test('shows names, values and titles as text', () => {
    const profile = madeProfile({ name: (i) => `${HOSTILE}${i}`, value: HOSTILE, changes: { title: HOSTILE } });
    const page = profilePage(profile);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.includes('<img src=x')).toBe(false);
    expect(page.includes('&lt;/script&gt;')).toBe(true);
    expect(payloadOf(page).views[0]?.column.name).toBe(`${HOSTILE}0`);
  });

  test('says what is missing from a wide page, and nothing of it on a narrow one', () => {
    const note = 'There are too many columns to show';
    expect(profilePage(madeProfile({ nColumns: 2000 })).includes(note)).toBe(true);
    expect(profilePage(madeProfile()).includes(note)).toBe(false);
  });

  test('shows every column in full where there is room', () => {
    const [first] = payloadOf(profilePage(madeProfile())).views;
    expect(first?.column.top?.values).toHaveLength(10);
  });

  test('says in words what there is none of', () => {
    const { overview, missing, duplicates } = madeProfile();
    const none = { count: 0, share: 0 };
    const page = profilePage(
      madeProfile({
        changes: {
          alerts: [],
          interactions: [],
          isRedacted: true,
          overview: { ...overview, missingCells: none },
          missing: { ...missing, columns: missing.columns.map(({ column }) => ({ column, missing: none })) },
          duplicates: { ...duplicates, rows: none },
        },
      }),
    );
    for (const words of [
      'Nothing stands out',
      'Every cell is filled',
      'No row occurs twice',
      'this profile is redacted',
    ]) {
      expect(page.includes(words), words).toBe(true);
    }
  });
});
