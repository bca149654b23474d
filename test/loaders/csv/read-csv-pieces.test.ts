// A file read in pieces by several readers gives, bit for bit, what one parser reads from the whole text.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { FieldType } from '../../../src/core/feature-spec.js';
import { resolveOptions } from '../../../src/core/resolve-options.js';
import { timeSlice } from '../../../src/core/time-slice.js';
import { type CsvOptions, csvOptions } from '../../../src/loaders/csv/csv-options.js';
import { fileSource } from '../../../src/loaders/csv/kernel/file-source.js';
import { PieceReader } from '../../../src/loaders/csv/kernel/piece-reader.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import type { ReadsPieces } from '../../../src/loaders/csv/piece-pass.js';
import { readInPieces } from '../../../src/loaders/csv/read-csv-file.js';

import { readColumn } from '../../../src/table/read-column.js';

const folder = mkdtempSync(join(tmpdir(), 'tabwright-pieces-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'data.csv');

interface Given {
  readonly pieceBytes: number;
  readonly options?: CsvOptions;
  readonly types?: Record<string, FieldType>;
  readonly nReaders?: number;
}

async function inPieces(text: string | Buffer, { pieceBytes, options, types = {}, nReaders = 2 }: Given) {
  writeFileSync(path, text);
  const file: FileHandle = await open(path);
  try {
    const { size } = await file.stat();
    const request = { options: resolveOptions(csvOptions, options), types, slice: timeSlice(), onBytes: () => {} };
    return await readInPieces(
      request,
      { file, size, pieceBytes },
      Array.from({ length: nReaders }, () => reader(file.fd)),
    );
  } finally {
    await file.close();
  }
}

/** Reads in this thread, and answers after some turns of the event loop, so that pieces end in any order. */
function reader(fd: number): ReadsPieces {
  const pieces = new PieceReader();
  return async (task) => {
    for (let turns = task.from % 3; turns >= 0; turns--) await new Promise((resolve) => setImmediate(resolve));
    return pieces.read(task, fileSource(fd));
  };
}

const columnsOf = (table: ColumnTable) =>
  Object.fromEntries(table.columnNames().map((name) => [name, readColumn(table, name)]));

/** What one parser makes of the text; undefined where it refuses. */
function whole(text: string | Buffer, { options, types }: Given): ColumnTable | undefined {
  try {
    return parseCsv(Buffer.from(text), { ...options, types });
  } catch {
    return undefined;
  }
}

async function expectSame(text: string | Buffer, given: Given): Promise<void> {
  const expected = whole(text, given);
  const found = await inPieces(text, given);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found && columnsOf(found)).toEqual(columnsOf(expected));
}

const cell = fc.constantFrom(
  '1',
  '-2.5',
  '',
  'NA',
  'true',
  '2024-02-29',
  'x',
  'é',
  '"a,b"',
  '"q""q"',
  '"l\nm"',
  '"\r\n,"',
  'a"b',
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\n#c,"\n');
const pieceBytes = fc.constantFrom(1, 2, 3, 7, 16, 64);

describe('a file in pieces', () => {
  it('of any size gives the columns of the whole, whatever line breaks and quotes lie across', async () => {
    const rows = fc.array(fc.tuple(cell, cell, lineEnd), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(rows, pieceBytes, fc.integer({ min: 1, max: 4 }), async (list, size, nReaders) => {
        const text = `a,b\n${list.map(([a, b, end]) => `${a},${b}${end}`).join('')}`;
        await expectSame(text, { pieceBytes: size, nReaders, options: { delimiter: ',', comment: '#' } });
      }),
      { numRuns: 400 },
    );
  });

  it('is refused where the whole is, be it ragged, wrongly quoted or not UTF-8', async () => {
    const piece = fc
      .constantFrom('a', ',', '"', '""', '\n', '\r', '1', 'é', '\n1,2\n', '\n"x\ny",z\n')
      .map((s) => Buffer.from(s));
    const broken = fc.oneof({ weight: 30, arbitrary: piece }, { weight: 1, arbitrary: fc.constant(Buffer.of(0xc3)) });
    await fc.assert(
      fc.asyncProperty(fc.array(broken, { maxLength: 40 }), pieceBytes, async (list, size) => {
        const text = Buffer.concat([Buffer.from('n,s\n1,2\n'), ...list]);
        await expectSame(text, { pieceBytes: size, options: { delimiter: ',' } });
      }),
      { numRuns: 400 },
    );
  });

  it.each([1024, 65_536])('of %i bytes gives the same types and dictionaries', async (size) => {
    const line = (row: number) =>
      `${row},"name ${row % 97}, ""x""\n${row}",${row % 5 === 0 ? '' : row / 8},code ${row}\n`;
    const rows = Array.from({ length: 20_000 }, (_, row) => line(row)).join('');
    await expectSame(`id,name,value,code\n${rows}`, { pieceBytes: size, types: { id: 'string' } });
    await expectSame(`id,name,value,code\n${rows}z,z,z,z\n`, { pieceBytes: size });
    await expectSame(`id,name,value,code\n${rows}z,z,z\n`, { pieceBytes: size });
  });

  it('reads a row that is longer than its piece and the bytes after it', async () => {
    const long = `"${'long\n'.repeat(60_000)}"`;
    await expectSame(`a,b\n1,2\n3,${long}\n${'5,6\n'.repeat(20)}`, { pieceBytes: 1000, options: { delimiter: ',' } });
  });

  it('passes an error of a reader on', async () => {
    writeFileSync(path, `a,b\n${'1,2\n'.repeat(100)}`);
    const file = await open(path);
    const request = { options: resolveOptions(csvOptions), types: {}, slice: timeSlice(), onBytes: () => {} };
    const failing: ReadsPieces = () => Promise.reject(new Error('the thread ended'));
    const reading = readInPieces(request, { file, size: 404, pieceBytes: 10 }, [reader(file.fd), failing]);
    await expect(reading).rejects.toThrow('the thread ended');
    await file.close();
  });
});
