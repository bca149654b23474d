// The rows of a batch as they arrive: a list of JSON at once, CSV, NDJSON and Parquet some thousand at a time.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { createFile } from '../../core/durable-files.js';
import type { FeatureSpec } from '../../core/feature-spec.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { TimeSlice } from '../../core/time-slice.js';
import { valueKind } from '../../core/value-kind.js';
import { decodeBody } from '../decode-body.js';
import { bodyTooLarge } from '../receive-body.js';
import type { ReadMediaType, RequestHeaders, Upload } from '../route.js';

/** Some rows of a batch, in order. */
export type BatchPiece =
  | { readonly kind: 'rows'; readonly rows: readonly Record<string, unknown>[] }
  | { readonly kind: 'table'; readonly table: ColumnTable };

/** A batch to read. */
export interface BatchRequest {
  readonly upload: Upload;
  readonly headers: RequestHeaders;
  readonly spec: FeatureSpec;
  /** Most bytes of a JSON list, which is held whole. */
  readonly listBytes: number;
  /** Most bytes of any other batch. */
  readonly streamBytes: number;
  readonly slice: TimeSlice;
}

/** Media types of batches, in and out. */
export const BATCH_MEDIA_TYPES = [
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'application/vnd.apache.parquet',
] as const satisfies readonly ReadMediaType[];

/** Text of a block: what is checked before any of it is answered. */
const BLOCK_BYTES = 1_048_576;
const PIECE_ROWS = 16_384;
const LINE_END = Buffer.from('\n');

/**
 * Reads a batch.
 * @throws REQUEST_INVALID, BODY_TOO_LARGE, and the errors of the format's loader
 */
export function readBatch(request: BatchRequest): AsyncIterable<BatchPiece> {
  switch (request.upload.mediaType) {
    case 'text/csv':
      return csvPieces(request);
    case 'application/x-ndjson':
      return ndjsonPieces(request);
    case 'application/vnd.apache.parquet':
      return parquetPieces(request);
    default:
      return listPiece(request);
  }
}

async function* listPiece({ upload, headers, listBytes }: BatchRequest): AsyncGenerator<BatchPiece> {
  const body = await wholeBody(upload.pieces, listBytes);
  const decoded = decodeBody(body, headers, {
    kind: 'decoded',
    limitBytes: listBytes,
    mediaTypes: ['application/json'],
  });
  const value = decoded?.mediaType === 'application/json' ? decoded.value : undefined;
  // The predictor refuses what is no row, by its position.
  if (Array.isArray(value)) yield { kind: 'rows', rows: value };
  else throw new TabwrightError('REQUEST_INVALID', `the body must be a JSON list of objects, got ${valueKind(value)}`);
}

async function wholeBody(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const received: Uint8Array[] = [];
  for await (const piece of checkedPieces(pieces, limitBytes)) received.push(piece);
  return Buffer.concat(received);
}

async function* csvPieces({ upload, streamBytes, spec, slice }: BatchRequest): AsyncGenerator<BatchPiece> {
  const { csvBlocks } = await import('../../loaders/csv/csv-blocks.js');
  const { csvOptions } = await import('../../loaders/csv/csv-options.js');
  const options = resolveOptions(csvOptions, {});
  const text = {
    ...{
      chunks: checkedPieces(upload.pieces, streamBytes),
      name: 'body',
      types: typesOf(spec),
      bytes: BLOCK_BYTES,
      slice,
    },
    options: { ...options, missing: [...options.missing, ...(spec.missing ?? [])] },
  };
  for await (const { table } of csvBlocks(text)) yield { kind: 'table', table };
}

async function* ndjsonPieces({ upload, streamBytes, slice }: BatchRequest): AsyncGenerator<BatchPiece> {
  const { ndjsonRecords } = await import('../../loaders/json/ndjson-records.js');
  const chunks = inBlocks(checkedPieces(upload.pieces, streamBytes));
  for await (const records of ndjsonRecords({ chunks, name: 'body', maxRecordBytes: BLOCK_BYTES })) {
    const rows = records.map(({ text, line }) => parsedRow(text, line));
    if (rows.length > 0) yield { kind: 'rows', rows };
    if (slice.due()) await slice.pause();
  }
}

function parsedRow(text: string, line: number): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the body, so that it may not be passed on.
    throw new TabwrightError('JSON_MALFORMED', `body: line ${line} is not JSON`);
  }
}

/** Pieces of about a block each; the last one ends its line, so that it is not a block of its own. */
async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < BLOCK_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat([...held, LINE_END]);
}

/** Parquet has its index at its end: the file is kept while its rows are read. */
async function* parquetPieces({ upload, streamBytes, spec }: BatchRequest): AsyncGenerator<BatchPiece> {
  const { parquet } = await import('../../loaders/parquet/parquet.js');
  const path = join(tmpdir(), `tabwright-${randomUUID()}.parquet`);
  try {
    await createFile(path, checkedPieces(upload.pieces, streamBytes));
    const columns = spec.fields.map(({ name }) => name);
    const batches = parquet(path, { columns }).batches({ types: typesOf(spec), rows: PIECE_ROWS });
    for await (const table of batches) yield { kind: 'table', table };
  } finally {
    await rm(path, { force: true });
  }
}

/** The body in pieces of at most a block. @throws REQUEST_INVALID where there is no byte, BODY_TOO_LARGE */
async function* checkedPieces(pieces: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limitBytes) throw bodyTooLarge(limitBytes);
    for (let at = 0; at < piece.length; at += BLOCK_BYTES) yield piece.subarray(at, at + BLOCK_BYTES);
  }
  if (size === 0) throw new TabwrightError('REQUEST_INVALID', 'a body is required');
}

function typesOf(spec: FeatureSpec): Record<string, FeatureSpec['fields'][number]['type']> {
  return Object.fromEntries(spec.fields.map(({ name, type }) => [name, type]));
}
