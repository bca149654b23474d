// The header of a page (parquet.thrift of Apache Parquet).
import { malformed } from './malformed.js';
import { readThriftStruct, type ThriftStruct, type ThriftValue } from './thrift-struct.js';

/** What a page holds. */
export interface PageHeader {
  readonly type: 'data' | 'data v2' | 'dictionary' | 'other';
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
  /** Values, missing ones included. */
  readonly nValues: number;
  readonly encoding: Encoding;
  /** Data pages of version 2 only: levels are outside of the compressed part. */
  readonly levels: { readonly definitionBytes: number; readonly repetitionBytes: number };
  readonly isCompressed: boolean;
  /** Where the page itself starts. */
  readonly end: number;
}

const ENCODINGS = [
  'PLAIN',
  'GROUP_VAR_INT',
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
] as const;

/** How the values of a page are written. */
export type Encoding = (typeof ENCODINGS)[number];

const TYPES = ['data', 'other', 'dictionary', 'data v2'] as const;
/** The field of the header that describes a page of each type. */
const DETAILS = { data: 5, dictionary: 7, 'data v2': 8 };

/** @throws PARQUET_MALFORMED */
export function readPageHeader(bytes: Uint8Array, start: number): PageHeader {
  const { fields, end } = readThriftStruct(bytes, start);
  const type = TYPES[count(fields, 1)] ?? 'other';
  const details = type === 'other' ? fields : structOf(fields.get(DETAILS[type]));
  const isV2 = type === 'data v2';
  const encoding = type === 'other' ? 'PLAIN' : ENCODINGS[count(details, isV2 ? 4 : 2)];
  if (encoding === undefined) throw malformed('a page has an unknown encoding');
  if (type === 'data' && ENCODINGS[count(details, 3)] === 'BIT_PACKED') {
    throw malformed('a page has levels in the encoding BIT_PACKED, which is not supported');
  }
  return {
    type,
    uncompressedBytes: count(fields, 2),
    compressedBytes: count(fields, 3),
    nValues: type === 'other' ? 0 : count(details, 1),
    encoding,
    levels: isV2
      ? { definitionBytes: count(details, 5), repetitionBytes: count(details, 6) }
      : { definitionBytes: 0, repetitionBytes: 0 },
    isCompressed: !isV2 || details.get(7) !== false,
    end,
  };
}

function count(fields: ThriftStruct, id: number): number {
  const value = fields.get(id);
  if (typeof value === 'number' && value >= 0 && value <= 0x7fffffff) return value;
  throw malformed(`a page header has no count in field ${id}`);
}

function structOf(value: ThriftValue | undefined): ThriftStruct {
  if (value instanceof Map) return value;
  throw malformed('a page header does not describe its page');
}
