// Scores a file of any size to another one, some thousand rows at a time; work that was ended half way can be gone on with.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ColumnTable } from 'arquero';
import type { JsonObject } from '../core/json.js';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import type { Predictor } from '../core/predictor.js';
import type { RunControl } from '../core/progress.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { timeSlice } from '../core/time-slice.js';
import { appendedLines } from '../loaders/csv/appended-lines.js';
import type { CsvFileOptions } from '../loaders/csv/csv-file-options.js';
import { readError } from '../loaders/read-error.js';
import { tableFormat, tableWriter } from '../loaders/table-writer.js';
import type { TableWriter } from '../loaders/writes-tables.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import type { FilePiece } from './file-pieces.js';
import { filePieces } from './file-pieces.js';
import { PartialFile } from './partial-file.js';
import { predictionsTable } from './predictions-table.js';
import { scoreTable } from './score-table.js';

/** Plain options of scoring a file. */
export const scoreFileOptions = optionsTable('scoreFile', {
  withColumns: { type: 'boolean', default: false, doc: 'Writes all columns of the input before the scores.' },
  columns: { type: 'list', default: [], doc: 'Columns of the input to write before the scores.' },
  errors: {
    type: 'choice',
    choices: ['refuse', 'rows'],
    default: 'refuse',
    doc: 'Whether one row that breaks the schema refuses the file, or is written with an error in place of a score.',
  },
  resume: {
    type: 'boolean',
    default: false,
    doc: 'Goes on where the same work was ended before; begins where there is no such work.',
  },
});

/** What to score, and to where. */
export interface ScoreFileRequest extends OptionsInput<typeof scoreFileOptions>, RunControl {
  readonly predictor: Predictor;
  /** File to read, of a kind by its name: `.parquet`, `.json`, `.ndjson` or `.jsonl`, any other is CSV. */
  readonly data: string;
  /** File to write, of a kind by its name. */
  readonly out: string;
  /** How the CSV file looks. */
  readonly csv?: CsvFileOptions | undefined;
}

/** What was written. */
export interface ScoredFile {
  readonly nRows: number;
  /** Rows with an error in place of a score. */
  readonly nRefused: number;
  /** Rows that an earlier call had scored. */
  readonly nResumed: number;
}

interface Progress {
  readonly nPieces: number;
  readonly nRows: number;
  readonly nRefused: number;
  readonly writer: JsonObject;
}

/**
 * Scores a file. The output gets its name when it is whole; until then it is `<out>.partial`, which stays for `resume` where the
 * call fails or the process ends. A resumed file has the same bytes as one written at once. Where CSV is written from CSV with all
 * columns, the rows are copied as they stand.
 * @throws VALIDATION_FAILED and the other errors of `predictTable`, unless `errors` is 'rows'
 * @throws OPTION_INVALID, OPTION_UNKNOWN, FILE_NOT_FOUND, COLUMN_MISSING, COLUMN_INVALID where a column of the input has the name of
 * one of the scores, STORAGE_FULL, STORAGE_FAILED, CANCELLED, and the errors of the file's loader
 */
export async function scoreFile(request: ScoreFileRequest): Promise<ScoredFile> {
  const { predictor, data, out, csv = {}, signal, onProgress, ...given } = request;
  const { withColumns: isWide, columns, errors, resume } = resolveOptions(scoreFileOptions, given);
  const { name, version } = predictor.current;
  const work = { ...(await fingerprint(data)), model: `${name}/${version}`, isWide, columns, errors, csv: { ...csv } };
  const { file, progress } = await PartialFile.open(out, work as JsonObject, resume);
  const before = progress as Progress | undefined;
  const wanted = isWide ? undefined : columns;
  const isCopied = isWide && tableFormat(out) === 'csv';
  const writer = await tableWriter(tableFormat(out), before?.writer);
  const slice = timeSlice(signal);
  let [nPieces, nRows, nRefused] = [0, 0, before?.nRefused ?? 0];
  try {
    const source = { path: data, spec: predictor.spec, columns: wanted, csv, signal, onProgress };
    for await (const piece of await filePieces(source)) {
      const firstRow = nRows;
      nPieces += 1;
      nRows += piece.table.numRows();
      if (before !== undefined && nPieces <= before.nPieces) continue;
      const scored = await scoreTable(predictor, piece.table, { errors, firstRow, slice });
      nRefused += scored.refused.length;
      const refused = errors === 'rows' ? scored.refused : undefined;
      const scores = predictionsTable(scored.predictions, predictor.spec, { refused });
      await writePiece(file, writer, piece, { scores, wanted, isCopied });
      await file.note(() => ({ nPieces, nRows, nRefused, writer: writer.state() }));
      await slice.pause();
    }
    await file.write(writer.end());
    await file.finish();
  } catch (error) {
    await file.leave();
    throw error;
  }
  return { nRows, nRefused, nResumed: before?.nRows ?? 0 };
}

interface Scored {
  readonly scores: ColumnTable;
  /** Columns of the input to write; all where undefined. */
  readonly wanted: readonly string[] | undefined;
  readonly isCopied: boolean;
}

async function writePiece(
  file: PartialFile,
  writer: TableWriter,
  { table, text }: FilePiece,
  { scores, wanted, isCopied }: Scored,
): Promise<void> {
  checkNames(wanted ?? table.columnNames(), table, scores);
  if (isCopied && text !== undefined) {
    for (const piece of appendedLines(text, scores, file.nBytes === 0)) await file.write(piece);
    return;
  }
  const names = wanted ?? table.columnNames();
  const chosen = names.map((name) => [name, readColumn(table, name)] as const);
  const added = scores.columnNames().map((name) => [name, readColumn(scores, name)] as const);
  const whole = withColumns(scores, [...chosen, ...added], scores.columnNames());
  for (const piece of writer.pieces(whole)) await file.write(piece);
}

function checkNames(names: readonly string[], table: ColumnTable, scores: ColumnTable): void {
  const known = new Set(table.columnNames());
  const missing = names.find((name) => !known.has(name));
  if (missing !== undefined) throw new TabwrightError('COLUMN_MISSING', `scoreFile: there is no column ${missing}`);
  const taken = new Set(scores.columnNames());
  const clash = names.find((name) => taken.has(name));
  if (clash === undefined) return;
  const advice = 'name the columns to write, without it';
  throw new TabwrightError(
    'COLUMN_INVALID',
    `scoreFile: the input has a column ${clash}, as the scores have; ${advice}`,
  );
}

/** What tells one input from another, short of reading it. */
async function fingerprint(path: string): Promise<{ path: string; sizeBytes: number; changedAt: number }> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path: resolve(path), sizeBytes: size, changedAt: mtimeMs };
  } catch (error) {
    throw readError('scoreFile', path, error);
  }
}
