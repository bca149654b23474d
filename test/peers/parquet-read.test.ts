// Files that pyarrow, polars and DuckDB write read here cell by cell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parquet } from '../../src/loaders/parquet/parquet.js';
import { temporaryFolder } from '../temporary-folder.js';
import { expectColumns, type PeerColumn, peerColumns } from './parquet-cells.js';
import { hasPython, runPython } from './run-python.js';

describe.skipIf(!hasPython)('parquet on files of other writers', () => {
  test('gives the cells that were written, from the path, from bytes, on threads and by row groups', async () => {
    const folder = temporaryFolder();
    const expected = runPython('parquet_peers.py', { write: folder }) as Readonly<
      Record<string, readonly PeerColumn[]>
    >;
    for (const [name, columns] of Object.entries(expected)) {
      const path = join(folder, `${name}.parquet`);
      const { data } = await parquet(path, { numThreads: 1 }).load();
      expectColumns(name, peerColumns(data), columns);
      const threaded = await parquet(readFileSync(path), { numThreads: 2 }).load();
      expectColumns(name, peerColumns(threaded.data), columns);
      const batches: PeerColumn[][] = [];
      for await (const batch of parquet(path).batches({ rows: 333 })) batches.push(peerColumns(batch));
      const joined = columns.map(({ name: column }, i) => ({
        name: column,
        cells: batches.flatMap((batch) => batch[i]?.cells ?? []),
      }));
      expectColumns(name, joined, columns);
    }
    expect(Object.keys(expected).length).toBeGreaterThan(30);
  });
});
