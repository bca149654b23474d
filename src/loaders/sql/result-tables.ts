// A database's result, which comes in pieces, as tables of a size that is asked for.
import type { ColumnTable } from 'arquero';
import { checkSignal } from '../../core/check-signal.js';
import type { LoadControl } from '../../core/data-loader.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import { ResultColumns, type ResultPiece } from './result-columns.js';

/**
 * Tables of so many rows each, the last one of the rest; none where there are no rows. Progress counts rows.
 * @param owner first word of messages: "sql"
 * @throws COLUMN_INVALID, CANCELLED, and what the pieces throw
 */
export async function* resultTables(
  owner: string,
  pieces: AsyncIterable<ResultPiece>,
  { signal, onProgress, types = {} }: LoadControl,
  rows: number,
): AsyncGenerator<ColumnTable> {
  const columns = new ResultColumns(owner, types, timeSlice(signal));
  let total = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.nRows; ) {
      const to = Math.min(piece.nRows, from + rows - columns.nRows);
      await columns.add(piece, from, to);
      total += to - from;
      from = to;
      onProgress?.({ phase: 'load', completed: total, total, message: `${total} rows` });
      if (columns.nRows === rows) yield columns.take();
    }
    checkSignal(signal);
  }
  if (columns.nRows > 0) yield columns.take();
}

/** All rows as one table. @throws DATA_EMPTY where there are none; the errors of {@link resultTables} */
export async function wholeTable(
  owner: string,
  pieces: AsyncIterable<ResultPiece>,
  control: LoadControl,
): Promise<ColumnTable> {
  for await (const table of resultTables(owner, pieces, control, Number.POSITIVE_INFINITY)) return table;
  throw new TabwrightError('DATA_EMPTY', `${owner}: the query gives no rows`);
}
