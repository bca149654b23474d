// The profile of a CSV file that threads read in pieces is that of the table in it, whatever the number of threads.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { profile } from '../../src/eda/profile.js';
import { closeProfileThreads } from '../../src/eda/profile-crew.js';
import type { Profile } from '../../src/eda/profile-types.js';
import { csv } from '../../src/loaders/csv/csv.js';

const N_ROWS = 20_000;
let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabwright-pieces-'));
  path = join(folder, 'data.csv');
  await writeFile(path, text(N_ROWS));
});
afterAll(async () => {
  await closeProfileThreads();
  await rm(folder, { recursive: true });
});

/** Numbers of several kinds, dates, booleans, few and many strings, quotes with line breaks, missing cells, equal rows. */
function text(nRows: number): string {
  const random = createRandom(11);
  const lines = ['id,amount,few,when,flag,level,name,note'];
  for (let i = 0; i < nRows; i++) {
    const row = i - (i % 500 === 1 ? 1 : 0);
    const draw = random.fork(`row ${row}`);
    const amount = draw.next() < 0.1 ? '' : Math.exp(4 * draw.normal()).toPrecision(8);
    const day = new Date(Date.UTC(2024, 0, 1) + draw.integer(900) * 86_400_000).toISOString().slice(0, 10);
    const level = `"level ${draw.integer(7)}, of\n7"`;
    const note = draw.next() < 0.3 ? '' : ` Größe ${draw.integer(5000)} 😀`;
    lines.push(
      [row, amount, draw.integer(9) - 4, day, draw.next() < 0.5, level, `name-${draw.integer(1e9)}`, note].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** All that does not depend on when and where the profile was made. */
function content({ reproduction: _, ...rest }: Profile): unknown {
  return rest;
}

/** Numbers to 10 digits, before and after the point: moments are sums over chunks, which are others. */
function rounded(value: unknown): unknown {
  const short = (part: number) => Number(Number(part.toFixed(7)).toPrecision(10));
  return JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'number' ? short(part) : part)));
}

describe('a file in pieces', () => {
  test.each([
    ['exact', {}],
    ['sketched', { exactRows: 1000, sampleRows: 3000 }],
  ])('has one profile for any number of threads, %s', async (_, options) => {
    const alone = await profile(csv(path), { ...options, target: 'flag' });
    expect(alone.reproduction.nThreads).toBe(0);
    expect(alone.overview.nRows).toBe(N_ROWS);
    for (const numThreads of [1, 2, 3]) {
      const found = await profile(csv(path), { ...options, target: 'flag', numThreads });
      expect(found.reproduction.nThreads).toBe(numThreads);
      expect(content(found)).toEqual(content(alone));
    }
  });

  test('has the profile of its table', async () => {
    const { data } = await csv(path).load();
    const found = await profile(csv(path), { target: 'flag' });
    expect(rounded(content(found))).toEqual(rounded(content(await profile(data, { target: 'flag' }))));
    expect(found.duplicates.rows.count).toBe(N_ROWS / 500);
  });

  test('has the types that take every cell, however late one turns up', async () => {
    const late = join(folder, 'late.csv');
    const rows = Array.from({ length: N_ROWS }, (_, i) => {
      const isLate = i > N_ROWS - 100;
      return `${i},${isLate ? '2024-02-29' : ''},${isLate ? 'true' : ''},${isLate ? 'word' : '7'}`;
    });
    await writeFile(late, `id,when,flag,mixed\n${rows.join('\n')}\n`);
    const { columns } = await profile(csv(late), { minimal: true, numThreads: 2 });
    expect(columns.map(({ storage }) => storage)).toEqual(['number', 'datetime', 'boolean', 'string']);
    expect(columns.map(({ count }) => count)).toEqual([N_ROWS, 99, 99, N_ROWS]);
  });

  test('that breaks off in a quote is refused in the words of the parser', async () => {
    const broken = join(folder, 'broken.csv');
    await writeFile(broken, `${text(5000)}1,2,3,"`);
    await expect(profile(csv(broken), { numThreads: 2 })).rejects.toMatchObject({ code: 'CSV_MALFORMED' });
    await expect(profile(csv(join(folder, 'gone.csv')))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('is left when the caller aborts', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const profiling = profile(csv(path), { numThreads: 2, signal: controller.signal, onProgress });
    await expect(profiling).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
