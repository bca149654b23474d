// Loads JSON files: an array of objects, or an object of arrays.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../../core/tabwright-error.js';
import { rowSlice } from '../../table/row-slice.js';
import { checkUtf8 } from '../check-utf8.js';
import type { FileSource } from '../local-file.js';
import { columnsJson } from './columns-json.js';
import { jsonArrayRecords } from './json-array-records.js';
import type { JsonOptions } from './json-options.js';
import { type RecordLoader, recordLoader, type TablesRequest } from './record-loader.js';
import { recordTables } from './record-tables.js';

const OPEN = 0x7b;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
/** Longest string of JavaScript, in bytes that are surely enough for it. */
const MAX_TEXT_BYTES = 2 ** 29 - 24;

/**
 * Loads one JSON file as the table `data`: an array of objects, one a row, or an object with an array a column. Arrays are read
 * as they come, objects of arrays at once. Nothing is read before `load`, which throws the errors of `ndjson`.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const { data } = await json('prospects.json').load();
 */
export function json(source: FileSource, options?: JsonOptions): RecordLoader<'data'>;
/**
 * Loads several JSON files as tables by name.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function json<Name extends string>(
  sources: Readonly<Record<Name, FileSource>>,
  options?: JsonOptions,
): RecordLoader<Name>;
export function json(
  source: FileSource | Readonly<Record<string, FileSource>>,
  options: JsonOptions = {},
): RecordLoader {
  return recordLoader('json', source, options, jsonTables);
}

async function* jsonTables(request: TablesRequest): AsyncGenerator<ColumnTable> {
  const source = request.chunks[Symbol.asyncIterator]();
  const { head, first } = await readHead(source);
  const chunks = joined(head, source);
  if (first !== OPEN) {
    yield* recordTables(jsonArrayRecords({ ...request, chunks }), request);
    return;
  }
  const table = columnsJson(await wholeText({ ...request, chunks }), request);
  const nRows = table.numRows();
  if (nRows === 0) throw new TabwrightError('DATA_EMPTY', `${request.name}: there is no row`);
  for (let from = 0; from < nRows; from += request.rows) {
    yield nRows <= request.rows ? table : rowSlice(table, from, Math.min(from + request.rows, nRows));
  }
}

/** The chunks up to the first byte that is no space, without a byte order mark. */
async function readHead(source: AsyncIterator<Buffer>): Promise<{ head: Buffer; first: number | undefined }> {
  let head = Buffer.alloc(0);
  for (;;) {
    const next = await source.next();
    if (!next.done) head = Buffer.concat([head, next.value]);
    if (!next.done && head.length < BYTE_ORDER_MARK.length) continue;
    const text = head.subarray(0, 3).equals(BYTE_ORDER_MARK) ? head.subarray(3) : head;
    const first = text.find((byte) => byte > 0x20);
    if (next.done || first !== undefined) return { head: text, first };
  }
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function wholeText({ chunks, name }: TablesRequest): Promise<string> {
  const found: Buffer[] = [];
  let nBytes = 0;
  for await (const chunk of chunks) {
    nBytes += chunk.length;
    if (nBytes > MAX_TEXT_BYTES) {
      const rule = `an object of arrays must have at most ${MAX_TEXT_BYTES} bytes; use an array of objects`;
      throw new TabwrightError('DATA_TOO_LARGE', `${name}: ${rule}`);
    }
    found.push(chunk);
  }
  const bytes = Buffer.concat(found);
  checkUtf8(bytes, name);
  return bytes.toString('utf8');
}
