// A CSV file of 5 GB, made on the fly, read in batches: memory stays flat and no row is lost.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, expect, it } from 'vitest';
import { csv } from '../../src/loaders/csv/csv.js';
import { readColumn } from '../../src/table/read-column.js';

const TOTAL_BYTES = Number(process.env.TABWRIGHT_SOAK_CSV_BYTES ?? 5e9);
const MAX_RSS = 500e6;
const BLOCK_ROWS = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'tabwright-soak-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows with a running number, a code that differs in every row, and a cell with quotes and a line break. */
function block(first: number): Buffer {
  let text = '';
  for (let row = first; row < first + BLOCK_ROWS; row++) {
    text += `${row},${row % 1000},code-${row},"said ""x"",\nthen left ${row % 7}",2024-01-${10 + (row % 20)},${row / 8}\n`;
  }
  return Buffer.from(text);
}

function* blocks(made: { rows: number }): Generator<Buffer> {
  yield Buffer.from('row,group,code,note,day,value\n');
  for (let nBytes = 0; nBytes < TOTAL_BYTES; made.rows += BLOCK_ROWS) {
    const next = block(made.rows);
    nBytes += next.length;
    yield next;
  }
}

it('reads 5 GB in batches in under 500 MB, every row once and in order', async () => {
  const path = join(folder, 'large.csv');
  const made = { rows: 0 };
  await pipeline(Readable.from(blocks(made)), createWriteStream(path));
  let nRows = 0;
  let largest = 0;
  for await (const batch of csv(path).batches()) {
    const rows = readColumn(batch, 'row') as Float64Array;
    expect([rows[0], rows.at(-1)]).toEqual([nRows, nRows + rows.length - 1]);
    nRows += rows.length;
    largest = Math.max(largest, process.memoryUsage.rss());
  }
  expect(nRows).toBe(made.rows);
  expect(largest).toBeLessThan(MAX_RSS);
});
