import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { table } from 'arquero';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatCsv, type WriteCsvOptions, writeCsv, writeCsvOptions } from '../../../src/loaders/csv/write-csv.js';

const numbers = table({ a: [1, 2] });

describe('formatCsv', () => {
  it('writes each kind of column, and missing cells as nothing', () => {
    const mixed = table({
      number: [1.5, null, 1e21],
      text: ['plain', null, ''],
      flag: [true, false, null],
      day: [new Date('2024-02-29'), null, new Date('1969-12-31')],
      time: [new Date('2024-02-29T12:00:00Z'), null, new Date(0)],
    });
    expect(formatCsv(mixed)).toBe(
      [
        'number,text,flag,day,time',
        '1.5,plain,true,2024-02-29,2024-02-29T12:00:00.000Z',
        ',,false,,',
        '1e+21,"",,1969-12-31,1970-01-01T00:00:00.000Z',
        '',
      ].join('\n'),
    );
  });

  it('puts cells in quotes where RFC 4180 says so, and where a reader might trim them', () => {
    const text = ['a,b', 'say "hi"', 'two\nlines', 'cr\r', ' lead', 'trail\t', '\uFEFFmark', 'a;b'];
    expect(formatCsv(table({ 'x, y': text }))).toBe(
      '"x, y"\n"a,b"\n"say ""hi"""\n"two\nlines"\n"cr\r"\n" lead"\n"trail\t"\n"\uFEFFmark"\na;b\n',
    );
  });

  it('puts a row of one empty cell in quotes, since readers skip blank lines', () => {
    expect(formatCsv(table({ a: [1, null, 2] }))).toBe('a\n1\n""\n2\n');
  });

  it('writes rows as filter and order show them', () => {
    const view = table({ a: [1, 2, 3] })
      .filter((row: { a: number }) => row.a > 1)
      .orderby((row: { a: number }) => -row.a);
    expect(formatCsv(view)).toBe('a\n3\n2\n');
  });

  it('writes nothing for a table without columns, and a header for one without rows', () => {
    expect(formatCsv(table({}))).toBe('');
    expect(formatCsv(table({ a: [], b: [] }))).toBe('a,b\n');
  });

  it('refuses a column that mixes kinds', () => {
    expect(() => formatCsv(table({ a: [1, 'x'] }))).toThrow(expect.objectContaining({ code: 'COLUMN_INVALID' }));
  });
});

const CHANGES: Readonly<Record<keyof typeof writeCsvOptions.specs, { options: WriteCsvOptions; after: string }>> = {
  delimiter: { options: { delimiter: '-' }, after: 'a-=b\n"-1"-@x\n-"""+1"""\n' },
  header: { options: { header: false }, after: '-1,@x\n,"""+1"""\n' },
  missing: { options: { missing: 'N,A' }, after: 'a,=b\n-1,@x\n"N,A","""+1"""\n' },
  safeForSpreadsheets: { options: { safeForSpreadsheets: true }, after: `a,'=b\n-1,'@x\n,"""+1"""\n` },
};

describe('every option of the CSV writer', () => {
  const given = table({ a: [-1, null], '=b': ['@x', '"+1"'] });

  it.each(Object.entries(CHANGES))('%s changes the text', (_, { options, after }) => {
    expect(formatCsv(given)).toBe('a,=b\n-1,@x\n,"""+1"""\n');
    expect(formatCsv(given, options)).toBe(after);
  });

  it('is in that list', () => {
    expect(Object.keys(CHANGES)).toEqual(Object.keys(writeCsvOptions.specs));
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('keeps %j from being run as a formula', (text) => {
    const written = formatCsv(table({ a: [text, `x${text}`] }), { safeForSpreadsheets: true, header: false });
    expect(written.replaceAll('"', '').split('\n')).toEqual([`'${text}`, `x${text}`, '']);
  });

  it('refuses a delimiter of two characters', () => {
    const error = expect.objectContaining({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(/^writeCsv: delimiter/),
    });
    expect(() => formatCsv(given, { delimiter: ',,' })).toThrow(error);
    expect(() => formatCsv(given, { delimiter: '"' })).toThrow(error);
  });
});

describe('writeCsv', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabwright-write-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes what formatCsv gives, by path and by URL, and leaves nothing else behind', async () => {
    const many = table({
      n: Array.from({ length: 100_000 }, (_, i) => i / 7),
      s: Array.from({ length: 100_000 }, (_, i) => `é${i}`),
    });
    const path = join(folder, 'scores.csv');
    await writeCsv(path, numbers);
    await writeCsv(pathToFileURL(path), many, { delimiter: ';' });
    expect(readFileSync(path, 'utf8')).toBe(formatCsv(many, { delimiter: ';' }));
    expect(readdirSync(folder)).toEqual(['scores.csv']);
  });

  it('leaves the old file as it was where it is cancelled', async () => {
    const path = join(folder, 'scores.csv');
    writeFileSync(path, 'old');
    const written = writeCsv(path, numbers, {}, { signal: AbortSignal.abort() });
    await expect(written).rejects.toThrow(expect.objectContaining({ code: 'CANCELLED' }));
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['scores.csv']);
  });

  it('says where it cannot write', async () => {
    const path = join(folder, 'absent', 'scores.csv');
    await expect(writeCsv(path, numbers)).rejects.toThrow(
      expect.objectContaining({ code: 'STORAGE_FAILED', message: expect.stringContaining('ENOENT') }),
    );
  });
});
