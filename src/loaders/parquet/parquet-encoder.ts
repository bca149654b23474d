// Makes the bytes of a Parquet file, column chunk by column chunk; the footer is written by hyparquet-writer.
import * as zlib from 'node:zlib';
import type { ColumnTable } from 'arquero';
import type { ColumnChunk, CompressionCodec, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { VERSION } from '../../core/version.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { readColumn } from '../../table/read-column.js';
import { columnPages, type WrittenKind, writtenKind } from './column-pages.js';
import { snappyCompress } from './snappy-compress.js';
import type { ResolvedWriteParquetOptions } from './write-options.js';

const MAGIC = Buffer.from('PAR1');

/** The default quality, 11, takes a hundred times as long. */
const BROTLI_OPTIONS = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } };

const CODECS: Readonly<
  Record<
    ResolvedWriteParquetOptions['codec'],
    { readonly name: CompressionCodec; readonly compress: (bytes: Uint8Array) => Uint8Array }
  >
> = {
  none: { name: 'UNCOMPRESSED', compress: (bytes) => bytes },
  snappy: { name: 'SNAPPY', compress: snappyCompress },
  gzip: { name: 'GZIP', compress: (bytes) => zlib.gzipSync(bytes) },
  brotli: { name: 'BROTLI', compress: (bytes) => zlib.brotliCompressSync(bytes, BROTLI_OPTIONS) },
};

const TYPES = {
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  date: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
} as const satisfies Record<WrittenKind, Omit<SchemaElement, 'name'>>;

interface EncodedColumn {
  readonly name: string;
  readonly kind: WrittenKind;
}

/** One file in the making. Columns and their kinds are those of the first table. */
export class ParquetEncoder {
  readonly #codec: (typeof CODECS)[keyof typeof CODECS];
  readonly #columns: readonly EncodedColumn[];
  readonly #groups: RowGroup[] = [];
  #offset = MAGIC.length;
  #nRows = 0;

  constructor(first: ColumnTable, { codec }: ResolvedWriteParquetOptions) {
    this.#codec = CODECS[codec];
    this.#columns = first.columnNames().map((name) => ({ name, kind: writtenKind(readColumn(first, name)) }));
    if (this.#columns.length === 0) throw new TabwrightError('DATA_EMPTY', 'writeParquet: the table has no columns');
  }

  /** The first bytes of the file. */
  head(): Uint8Array {
    return MAGIC;
  }

  /**
   * The bytes of the table's rows as one row group, a column at a time.
   * @throws COLUMN_INVALID where names or kinds of columns are not those of the first table; DATA_TOO_LARGE
   */
  *rowGroup(table: ColumnTable): Generator<Uint8Array> {
    if (table.columnNames().join('\0') !== this.#columns.map(({ name }) => name).join('\0')) {
      throw new TabwrightError(
        'COLUMN_INVALID',
        'writeParquet: all batches must have the same columns in the same order',
      );
    }
    const start = this.#offset;
    const columns: ColumnChunk[] = [];
    for (const { name, kind } of this.#columns) {
      const { bytes, chunk } = this.#chunk(name, kind, checkedColumn(readColumn(table, name), name, kind));
      columns.push(chunk);
      this.#offset += bytes.length;
      yield bytes;
    }
    const nBytes = columns.reduce((sum, { meta_data: meta }) => sum + (meta?.total_uncompressed_size ?? 0n), 0n);
    const num_rows = BigInt(table.numRows());
    const total_compressed_size = BigInt(this.#offset - start);
    this.#groups.push({ columns, total_byte_size: nBytes, num_rows, total_compressed_size });
    this.#nRows += table.numRows();
  }

  /** The last bytes of the file. */
  foot(): Uint8Array {
    const writer = new ByteWriter();
    const leaves = this.#columns.map(({ name, kind }): SchemaElement => {
      return { ...TYPES[kind], name, repetition_type: 'OPTIONAL' };
    });
    writeMetadata(writer, {
      version: 2,
      created_by: `tabwright version ${VERSION}`,
      schema: [{ name: 'schema', num_children: leaves.length }, ...leaves],
      num_rows: BigInt(this.#nRows),
      row_groups: this.#groups,
      metadata_length: 0,
    });
    writer.appendBytes(MAGIC);
    return writer.getBytes();
  }

  #chunk(name: string, kind: WrittenKind, column: Column): { bytes: Uint8Array; chunk: ColumnChunk } {
    const { dictionary, data, nMissing } = columnPages(column);
    const writer = new ByteWriter(data.length);
    let nPlainBytes = 0;
    if (dictionary !== undefined) {
      const header = { num_values: dictionary.size, encoding: 'PLAIN' } as const;
      nPlainBytes += this.#page(writer, dictionary.bytes, { type: 'DICTIONARY_PAGE', dictionary_page_header: header });
    }
    const dataStart = writer.offset;
    const encoding = dictionary === undefined ? 'PLAIN' : 'RLE_DICTIONARY';
    const levels = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' } as const;
    const header = { num_values: column.length, encoding, ...levels } as const;
    nPlainBytes += this.#page(writer, data, { type: 'DATA_PAGE', data_page_header: header });
    const start = BigInt(this.#offset);
    const meta_data: ColumnChunk['meta_data'] = {
      type: TYPES[kind].type,
      encodings: dictionary === undefined ? ['PLAIN', 'RLE'] : ['PLAIN', 'RLE', 'RLE_DICTIONARY'],
      path_in_schema: [name],
      codec: this.#codec.name,
      num_values: BigInt(column.length),
      total_uncompressed_size: BigInt(nPlainBytes),
      total_compressed_size: BigInt(writer.offset),
      data_page_offset: start + BigInt(dataStart),
      statistics: { null_count: BigInt(nMissing) },
      ...(dictionary && { dictionary_page_offset: start }),
    };
    return { bytes: writer.getBytes(), chunk: { file_offset: start, meta_data } };
  }

  /** Appends a page; gives the bytes it has without compression, its header included. */
  #page(
    writer: ByteWriter,
    bytes: Uint8Array,
    header: Omit<Parameters<typeof writePageHeader>[1], 'uncompressed_page_size' | 'compressed_page_size'>,
  ): number {
    const packed = this.#codec.compress(bytes);
    const start = writer.offset;
    writePageHeader(writer, { ...header, uncompressed_page_size: bytes.length, compressed_page_size: packed.length });
    const headerBytes = writer.offset - start;
    writer.appendBytes(packed);
    return headerBytes + bytes.length;
  }
}

/** The column, or missing cells of the right kind for one that has no value, which any kind has. */
function checkedColumn(column: Column, name: string, kind: WrittenKind): Column {
  const found = writtenKind(column);
  if (found === kind) return column;
  if (column instanceof Float64Array && column.every(Number.isNaN)) return missingColumn(kind, column);
  throw new TabwrightError(
    'COLUMN_INVALID',
    `writeParquet: column ${name} must be ${kind} in all batches, got ${found}`,
  );
}

function missingColumn(kind: WrittenKind, missing: Float64Array): Column {
  if (kind === 'string') return new DictionaryColumn(new Int32Array(missing.length).fill(-1), []);
  if (kind === 'boolean') return new BooleanColumn(new Int8Array(missing.length).fill(-1));
  return kind === 'date' ? new DateColumn(missing) : missing;
}
