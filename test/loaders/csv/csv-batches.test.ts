import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../src/core/progress.js';
import type { BatchControl } from '../../../src/loaders/csv/batch-options.js';
import { csv } from '../../../src/loaders/csv/csv.js';
import type { CsvFileOptions } from '../../../src/loaders/csv/csv-file-options.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { readColumn } from '../../../src/table/read-column.js';
import { tableCells } from '../table-cells.js';

const folder = mkdtempSync(join(tmpdir(), 'tabwright-batches-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function batches(path: string, control: BatchControl = {}, options: CsvFileOptions = {}): Promise<ColumnTable[]> {
  const tables: ColumnTable[] = [];
  for await (const table of csv(path, options).batches(control)) tables.push(table);
  return tables;
}

/** The cells of all batches, one after another. */
function allCells(tables: readonly ColumnTable[]): Record<string, unknown[]> {
  const cells = tables.map(tableCells);
  const names = Object.keys(cells[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, cells.flatMap((batch) => batch[name] ?? [])]));
}

const sizes = (tables: readonly ColumnTable[]) => tables.map((table) => table.numRows());
const ROWS = 'n,s\n1,a\n2,"b\nb"\n3,c\n4,d\n5,e\n';

describe('batches', () => {
  it('hold the rows asked for, and the last one the rest', async () => {
    const path = file('rows.csv', ROWS);
    expect(sizes(await batches(path, { rows: 2 }))).toEqual([2, 2, 1]);
    expect(sizes(await batches(path, { rows: 5 }))).toEqual([5]);
    expect(allCells(await batches(path, { rows: 2 }))).toEqual(tableCells(parseCsv(Buffer.from(ROWS))));
  });

  it('hold together the cells that one parser reads, wherever they are cut', async () => {
    const cell = fc.constantFrom('1', '', 'x', 'é', '"a,b"', '"q""q"', '"l\nm"', '"\r\n"', 'a"b');
    const rows = fc.array(fc.tuple(cell, cell, fc.constantFrom('\n', '\r\n', '\r', '\n#c\n')), {
      minLength: 1,
      maxLength: 30,
    });
    const amount = fc.oneof(
      fc.record({ rows: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ bytes: fc.constantFrom(1, 7, 40) }),
    );
    await fc.assert(
      fc.asyncProperty(rows, amount, async (list, given) => {
        const text = `a,b\n${list.map(([a, b, end]) => `${a},${b}${end}`).join('')}`;
        const options: CsvFileOptions = { delimiter: ',', comment: '#' };
        const types = { a: 'string', b: 'string' } as const;
        const found = await batches(file('any.csv', text), { ...given, types }, options);
        expect(allCells(found)).toEqual(
          tableCells(parseCsv(Buffer.from(text), { delimiter: ',', comment: '#', types })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('have the same types, by declaration or by the first one', async () => {
    const path = file('types.csv', 'n,d,b,s\n1,2024-01-01,true,x\n2,2024-01-02,false,7\n,,,\n');
    const found = await batches(path, { rows: 1, types: { s: 'string' } });
    const kinds = found.map((table) => table.columnNames().map((name) => readColumn(table, name).constructor.name));
    expect(kinds).toEqual(Array(3).fill(['Float64Array', 'DateColumn', 'BooleanColumn', 'DictionaryColumn']));
  });

  it('end where a later cell does not fit its column, by name and lines', async () => {
    const path = file('misfit.csv', 'n,s\n1,a\n2,"b\nb"\nx,c\n');
    const error = expect.objectContaining({
      code: 'COLUMN_INVALID',
      message: expect.stringMatching(
        /misfit\.csv: column n has a cell in lines 5 to 5 that does not fit .* declare its type$/,
      ),
    });
    await expect(batches(path, { rows: 2 })).rejects.toThrow(error);
    expect(sizes(await batches(path, { rows: 2, types: { n: 'string' } }))).toEqual([2, 1]);
  });

  it('name the line of what is wrong in the whole file', async () => {
    const ragged = file('ragged.csv', `${ROWS}6\n`);
    await expect(batches(ragged, { rows: 4 })).rejects.toThrow(
      /ragged\.csv: .* line 8 has 1 \(column 2, "s", is missing\)$/,
    );
    const bytes = file('latin.csv', Buffer.concat([Buffer.from(ROWS), Buffer.from('6,é\n', 'latin1')]));
    await expect(batches(bytes, { rows: 4 })).rejects.toThrow(/byte 30 \(line 8\) is not$/);
    await expect(batches(file('open.csv', `${ROWS}6,"x\n`), { rows: 4 })).rejects.toThrow(
      /line 8, column 2 has a quote/,
    );
  });

  it('tell progress in bytes, and stop where the signal is aborted', async () => {
    const path = file('long.csv', `n,s\n${'1,abcdefgh\n'.repeat(300_000)}`);
    const events: ProgressEvent[] = [];
    const found = await batches(path, { bytes: 500_000, onProgress: (event) => events.push(event) });
    expect(sizes(found).reduce((sum, n) => sum + n)).toBe(300_000);
    expect(events.at(-1)).toMatchObject({ completed: 3_300_004, total: 3_300_004 });
    const stop = new AbortController();
    const reading = csv(path).batches({ bytes: 500_000, signal: stop.signal })[Symbol.asyncIterator]();
    await reading.next();
    stop.abort();
    await expect(reading.next()).rejects.toThrow(expect.objectContaining({ code: 'CANCELLED' }));
  });

  it('refuse files that are not there, are empty, or have only a header', async () => {
    await expect(batches(join(folder, 'no.csv'))).rejects.toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }));
    for (const text of ['', 'a,b\n']) {
      await expect(batches(file('empty.csv', text))).rejects.toThrow(expect.objectContaining({ code: 'DATA_EMPTY' }));
    }
    await expect(batches(file('ok.csv', ROWS), { rows: 0 })).rejects.toThrow(/csv\.batches: rows must be/);
  });
});

describe('a file that is compressed or in another encoding', () => {
  const TEXT = 'name,n\nKöln,1\n"a\nb",2\n';
  const expected = tableCells(parseCsv(Buffer.from(TEXT)));

  it.each([
    ['gzip', zlib.gzipSync(TEXT), {}],
    ['gzip of several members', Buffer.concat([zlib.gzipSync('name,n\nKöln,1\n'), zlib.gzipSync('"a\nb",2\n')]), {}],
    ['latin1', Buffer.from(TEXT, 'latin1'), { encoding: 'latin1' }],
    ['utf-16le with its mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), { encoding: 'utf-16le' }],
    ['utf-16le in gzip', zlib.gzipSync(Buffer.from(TEXT, 'utf16le')), { encoding: 'UTF-16', compression: 'gzip' }],
  ] as const)('reads %s, whole and in batches', async (_, content, options) => {
    const path = file('stored.csv', content);
    expect(tableCells((await csv(path, options).load()).data)).toEqual(expected);
    expect(allCells(await batches(path, { rows: 1, types: { name: 'string' } }, options))).toEqual(expected);
  });

  it('stops a gzip bomb at the limit, in memory that stays small', async () => {
    const path = join(folder, 'bomb.csv.gz');
    const line = Buffer.alloc(1_048_576, '1,2\n');
    const blocks = Readable.from(Array.from({ length: 64 }, (_, i) => (i === 0 ? Buffer.from('a,b\n') : line)));
    await pipeline(blocks, zlib.createGzip(), createWriteStream(path));
    const error = expect.objectContaining({
      code: 'DATA_TOO_LARGE',
      message: expect.stringMatching(/at most 20000000 bytes \(maxBytes\)$/),
    });
    await expect(csv(path, { maxBytes: 20_000_000 }).load()).rejects.toThrow(error);
    await expect(batches(path, {}, { maxBytes: 20_000_000 })).rejects.toThrow(error);
  });

  it('refuses damaged gzip, text that is not in its encoding, and encodings nobody knows', async () => {
    const cut = file('cut.csv.gz', zlib.gzipSync(TEXT).subarray(0, -12));
    await expect(csv(cut).load()).rejects.toThrow(/the gzip data are damaged or cut off$/);
    const odd = file('odd.csv', Buffer.from('a\n\ud800', 'utf16le'));
    await expect(csv(odd, { encoding: 'utf-16le' }).load()).rejects.toThrow(
      expect.objectContaining({ code: 'TEXT_ENCODING' }),
    );
    expect(() => csv(odd, { encoding: 'klingon' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  it.skipIf('createZstdDecompress' in zlib)('says what zstd needs', async () => {
    const path = file('data.csv.zst', Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0));
    await expect(csv(path).load()).rejects.toThrow(expect.objectContaining({ code: 'PACKAGE_MISSING' }));
  });
});
