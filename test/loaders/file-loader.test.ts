import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileLoader } from '../../src/loaders/file-loader.js';
import { writeTable } from '../../src/loaders/write-table.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { temporaryFolder } from '../temporary-folder.js';
import { tableCells } from './table-cells.js';

const table = makeTable([
  ['age', Float64Array.of(31, Number.NaN)],
  ['plan', new DictionaryColumn(Int32Array.of(0, 1), ['free', 'pro'])],
]);

describe('fileLoader', () => {
  it.each(['a.csv', 'a.tsv', 'a', 'A.PARQUET', 'a.json', 'a.ndjson', 'a.jsonl'])(
    'reads what writeTable writes to %s',
    async (name) => {
      const path = join(temporaryFolder(), name);
      await writeTable(path, table);
      expect(tableCells((await fileLoader(path).load()).data)).toEqual(tableCells(table));
    },
  );
});
