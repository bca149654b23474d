// Files written here read by pyarrow, polars and DuckDB as the table they were written from.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { parquet } from '../../src/loaders/parquet/parquet.js';
import { writeParquet } from '../../src/loaders/parquet/write-parquet.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { temporaryFolder } from '../temporary-folder.js';
import { expectColumns, type PeerColumn, peerColumns } from './parquet-cells.js';
import { hasPython, runPython } from './run-python.js';

function randomTable(nRows: number, hasMissing: boolean) {
  const { next, integer, normal } = createRandom(5);
  const missing = () => hasMissing && next() < 0.2;
  const words = ['', 'a', 'Zürich', '日本', 'x'.repeat(500), 'NA'];
  return makeTable([
    ['number', Float64Array.from({ length: nRows }, (_, i) => (missing() ? Number.NaN : ([-0, 1 / 0][i] ?? normal())))],
    ['flag', new BooleanColumn(Int8Array.from({ length: nRows }, () => (missing() ? -1 : integer(2))))],
    [
      'at',
      new DateColumn(Float64Array.from({ length: nRows }, () => (missing() ? Number.NaN : integer(4e9) * 500 - 1e12))),
    ],
    [
      'word',
      new DictionaryColumn(
        Int32Array.from({ length: nRows }, () => (missing() ? -1 : integer(6))),
        words,
      ),
    ],
    [
      'id',
      new DictionaryColumn(
        Int32Array.from({ length: nRows }, (_, i) => i),
        Array.from({ length: nRows }, (_, i) => `u${i}`),
      ),
    ],
    ['same', new DictionaryColumn(new Int32Array(nRows), ['one'])],
    ['none', new Float64Array(nRows).fill(Number.NaN)],
  ]);
}

const CASES = [
  { nRows: 1000, codec: 'none', rowGroupRows: 131_072 },
  { nRows: 1000, codec: 'snappy', rowGroupRows: 77 },
  { nRows: 999, codec: 'gzip', rowGroupRows: 500 },
  { nRows: 1001, codec: 'brotli', rowGroupRows: 1 },
  { nRows: 1, codec: 'snappy', rowGroupRows: 5 },
  { nRows: 0, codec: 'snappy', rowGroupRows: 5 },
] as const;

describe.skipIf(!hasPython)('writeParquet', () => {
  test.each(CASES)(
    '$nRows rows in groups of $rowGroupRows with $codec read alike by all',
    async ({ nRows, ...options }) => {
      for (const hasMissing of [false, true]) {
        const table = randomTable(nRows, hasMissing);
        const path = join(temporaryFolder(), 'table.parquet');
        await writeParquet(path, table, options);
        const readers = runPython('parquet_peers.py', { read: path }) as Readonly<
          Record<string, readonly PeerColumn[]>
        >;
        for (const [reader, columns] of Object.entries(readers)) expectColumns(reader, peerColumns(table), columns);
        expectColumns('ours', peerColumns((await parquet(path).load()).data), peerColumns(table));
      }
      expect.hasAssertions();
    },
  );
});
