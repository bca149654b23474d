// Tables as JSON and NDJSON, at once or batch by batch.
import { fileURLToPath } from 'node:url';
import type { ColumnTable } from 'arquero';
import { replaceFile } from '../../core/durable-files.js';
import type { RunControl } from '../../core/progress.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { timeSlice } from '../../core/time-slice.js';
import { plainTable } from '../../table/plain-table.js';
import { readColumn } from '../../table/read-column.js';
import { type CellJson, jsonCells } from './json-cells.js';
import { type WriteJsonOptions, writeJsonOptions } from './json-options.js';

const PIECE_ROWS = 4096;

/**
 * A table as JSON: an array of one object a row, or an object with an array a column. Missing cells are null, instants ISO 8601.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @throws COLUMN_INVALID for a column that mixes kinds of values; VALUE_INVALID for an infinity, which JSON cannot hold
 */
export function formatJson(table: ColumnTable, options: WriteJsonOptions = {}): string {
  return [...jsonPieces(table, resolveOptions(writeJsonOptions, options).orient)].join('');
}

/**
 * Writes a table to a JSON file as {@link formatJson} has it, in one step: the file is whole, or as it was before.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, COLUMN_INVALID, VALUE_INVALID, STORAGE_FULL, STORAGE_FAILED, CANCELLED
 */
export async function writeJson(
  path: string | URL,
  table: ColumnTable,
  options: WriteJsonOptions = {},
  { signal }: Pick<RunControl, 'signal'> = {},
): Promise<void> {
  const pieces = jsonPieces(table, resolveOptions(writeJsonOptions, options).orient);
  await replaceFile(typeof path === 'string' ? path : fileURLToPath(path), inTurns([pieces], signal));
}

/**
 * A table as NDJSON: one object a row and line, missing cells null.
 * @throws COLUMN_INVALID, VALUE_INVALID
 */
export function formatNdjson(table: ColumnTable): string {
  return [...ndjsonPieces(table)].join('');
}

/**
 * Writes a table, or batches of one, to an NDJSON file as {@link formatNdjson} has it, in one step. Of batches one is held at a
 * time.
 * @throws COLUMN_INVALID, VALUE_INVALID, STORAGE_FULL, STORAGE_FAILED, CANCELLED, and what the batches throw
 */
export async function writeNdjson(
  path: string | URL,
  data: ColumnTable | AsyncIterable<ColumnTable>,
  { signal }: Pick<RunControl, 'signal'> = {},
): Promise<void> {
  const tables = Symbol.asyncIterator in data ? data : [data];
  const pieces = (async function* () {
    for await (const table of tables) yield ndjsonPieces(table);
  })();
  await replaceFile(typeof path === 'string' ? path : fileURLToPath(path), inTurns(pieces, signal));
}

/** Hands out the pieces, letting the event loop turn between them. */
async function* inTurns(
  tables: AsyncIterable<Iterable<string>> | Iterable<Iterable<string>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const slice = timeSlice(signal);
  for await (const pieces of tables) {
    for (const piece of pieces) {
      await slice.pause();
      yield piece;
    }
  }
}

function* jsonPieces(table: ColumnTable, orient: 'records' | 'columns'): Generator<string> {
  if (orient === 'columns') {
    yield* columnPieces(table);
    return;
  }
  let before = '[';
  for (const lines of linePieces(table)) {
    yield `${before}\n${lines.join(',\n')}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** {@link formatNdjson} some rows at a time. */
export function* ndjsonPieces(table: ColumnTable): Generator<string> {
  for (const lines of linePieces(table)) yield `${lines.join('\n')}\n`;
}

/** Objects of some thousand rows at a time. */
export function* linePieces(table: ColumnTable): Generator<string[]> {
  const cells = columnCells(table);
  const nRows = table.numRows();
  for (let start = 0; start < nRows; start += PIECE_ROWS) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(start + PIECE_ROWS, nRows); row++) {
      lines.push(`{${cells.map(({ key, cell }) => `${key}:${cell(row)}`).join(',')}}`);
    }
    yield lines;
  }
}

function* columnPieces(table: ColumnTable): Generator<string> {
  let before = '{';
  const nRows = table.numRows();
  for (const { key, cell } of columnCells(table)) {
    yield `${before}\n${key}:[`;
    for (let start = 0; start < nRows; start += PIECE_ROWS) {
      const count = Math.min(PIECE_ROWS, nRows - start);
      const texts = Array.from({ length: count }, (_, i) => cell(start + i));
      yield (start === 0 ? '' : ',') + texts.join(',');
    }
    yield ']';
    before = ',';
  }
  yield before === '{' ? '{}\n' : '\n}\n';
}

function columnCells(table: ColumnTable): { readonly key: string; readonly cell: CellJson }[] {
  const plain = plainTable(table);
  return plain.columnNames().map((name) => {
    return { key: JSON.stringify(name), cell: jsonCells(readColumn(plain, name), name) };
  });
}
