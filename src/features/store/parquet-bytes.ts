// Tables as Parquet in memory.
import type { ColumnTable } from 'arquero';
import { table } from 'arquero';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { BooleanColumn } from '../../table/boolean-column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { readColumn } from '../../table/read-column.js';

export async function encodeParquet(rows: ColumnTable): Promise<Uint8Array> {
  const columnData = rows.columnNames().map((name) => {
    const column = readColumn(rows, name);
    const type =
      column instanceof DateColumn
        ? 'TIMESTAMP'
        : column instanceof DictionaryColumn
          ? 'STRING'
          : column instanceof BooleanColumn
            ? 'BOOLEAN'
            : 'DOUBLE';
    const data =
      column instanceof Float64Array ? Array.from(column, (v) => (Number.isNaN(v) ? null : v)) : column.toArray();
    return { name, data, type } as { name: string; data: unknown[]; type: 'DOUBLE' };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

export async function decodeParquet(bytes: Uint8Array): Promise<ColumnTable> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  const names = Object.keys(rows[0] ?? {});
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}
