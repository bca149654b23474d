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

/** One column of a row group that is written; all numbers are bytes or counts of cells. */
interface WrittenChunk {
  readonly start: number;
  readonly dataStart: number;
  readonly nBytes: number;
  readonly nPlainBytes: number;
  readonly nMissing: number;
  readonly hasDictionary: boolean;
}

interface WrittenGroup {
  readonly nRows: number;
  readonly chunks: readonly WrittenChunk[];
}

/** How far a file is, as plain data. */
export interface ParquetEncoderState {
  readonly columns: readonly EncodedColumn[];
  readonly groups: readonly WrittenGroup[];
  /** Bytes of the file so far. */
  readonly offset: number;
}

/** One file in the making. Columns and their kinds are those of the first table. */
export class ParquetEncoder {
  readonly #codec: (typeof CODECS)[keyof typeof CODECS];
  readonly #columns: readonly EncodedColumn[];
  readonly #groups: WrittenGroup[] = [];
  #offset = MAGIC.length;

  /** @param from the first table, or how far the encoder was that this one goes on from */
  constructor(from: ColumnTable | ParquetEncoderState, { codec }: ResolvedWriteParquetOptions) {
    this.#codec = CODECS[codec];
    this.#columns = 'columnNames' in from ? encodedColumns(from) : from.columns;
    if (this.#columns.length === 0) throw new TabwrightError('DATA_EMPTY', 'writeParquet: the table has no columns');
    if ('columnNames' in from) return;
    this.#groups.push(...from.groups);
    this.#offset = from.offset;
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
    const chunks: WrittenChunk[] = [];
    for (const { name, kind } of this.#columns) {
      const { bytes, chunk } = this.#chunk(checkedColumn(readColumn(table, name), name, kind));
      chunks.push(chunk);
      this.#offset += bytes.length;
      yield bytes;
    }
    this.#groups.push({ nRows: table.numRows(), chunks });
  }

  /** How far the file is, between two row groups: an encoder made with it goes on from there. */
  get state(): ParquetEncoderState {
    return { columns: this.#columns, groups: [...this.#groups], offset: this.#offset };
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
      num_rows: BigInt(this.#groups.reduce((sum, { nRows }) => sum + nRows, 0)),
      row_groups: this.#groups.map((group) => this.#rowGroup(group)),
      metadata_length: 0,
    });
    writer.appendBytes(MAGIC);
    return writer.getBytes();
  }

  #rowGroup({ nRows, chunks }: WrittenGroup): RowGroup {
    const sum = (pick: (chunk: WrittenChunk) => number) =>
      BigInt(chunks.reduce((total, each) => total + pick(each), 0));
    return {
      columns: chunks.map((chunk, index) => this.#columnChunk(this.#columns[index] as EncodedColumn, nRows, chunk)),
      total_byte_size: sum(({ nPlainBytes }) => nPlainBytes),
      num_rows: BigInt(nRows),
      total_compressed_size: sum(({ nBytes }) => nBytes),
    };
  }

  #columnChunk({ name, kind }: EncodedColumn, nRows: number, chunk: WrittenChunk): ColumnChunk {
    const { start, dataStart, nBytes, nPlainBytes, nMissing, hasDictionary } = chunk;
    const meta_data: ColumnChunk['meta_data'] = {
      type: TYPES[kind].type,
      encodings: hasDictionary ? ['PLAIN', 'RLE', 'RLE_DICTIONARY'] : ['PLAIN', 'RLE'],
      path_in_schema: [name],
      codec: this.#codec.name,
      num_values: BigInt(nRows),
      total_uncompressed_size: BigInt(nPlainBytes),
      total_compressed_size: BigInt(nBytes),
      data_page_offset: BigInt(start + dataStart),
      statistics: { null_count: BigInt(nMissing) },
      ...(hasDictionary && { dictionary_page_offset: BigInt(start) }),
    };
    return { file_offset: BigInt(start), meta_data };
  }

  #chunk(column: Column): { bytes: Uint8Array; chunk: WrittenChunk } {
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
    const chunk = {
      ...{ start: this.#offset, dataStart, nBytes: writer.offset, nPlainBytes, nMissing },
      hasDictionary: dictionary !== undefined,
    };
    return { bytes: writer.getBytes(), chunk };
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

function encodedColumns(table: ColumnTable): EncodedColumn[] {
  return table.columnNames().map((name) => ({ name, kind: writtenKind(readColumn(table, name)) }));
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
