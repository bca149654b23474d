// Reads the columns of a CSV file piece by piece on several threads. The result does not depend on pieces or threads.
import type { Column } from '../../table/column.js';
import { columnKinds } from './cells/column-kinds.js';
import { ColumnJoiner } from './column-joiner.js';
import type { CsvPiece, PieceColumn } from './csv-piece.js';
import { giveBackMemory, takeMemory } from './kernel/kernel-memory.js';
import { nominalRanges, type PassRequest, PiecePass, type ReadsPieces } from './piece-pass.js';

/** A file to read in pieces. */
export interface PiecesRequest extends Pick<PassRequest, 'plan' | 'start' | 'onBytes' | 'slice'> {
  readonly pieceBytes: number;
  readonly columns: readonly PieceColumn[];
}

interface OpenColumn {
  readonly column: PieceColumn;
  /** Absent once a cell was not of the column's type. */
  joiner: ColumnJoiner | undefined;
}

/**
 * The columns of all rows, or undefined where the text is not in order, which {@link readColumns} then words. Columns that turn out
 * to have another type are read again, on all threads.
 */
export async function readCsvPieces(
  request: PiecesRequest,
  threads: readonly ReadsPieces[],
): Promise<Column[] | undefined> {
  const columns = new Array<Column>(request.columns.length);
  let asked = request.columns;
  let ranges = nominalRanges(request.start, request.plan.size, request.pieceBytes);
  while (asked.length > 0) {
    const memory = takeMemory();
    const open = asked.map((column): OpenColumn => ({ column, joiner: new ColumnJoiner(memory) }));
    const pass = new PiecePass({ ...request, ranges, columns: () => fitting(open), take: joins(request, open) });
    if (!(await pass.run(threads))) return undefined;
    for (const { column, joiner } of open) {
      if (joiner === undefined) continue;
      columns[column.index] = joiner.finish();
      await request.slice.pause();
    }
    giveBackMemory(memory);
    asked = open.filter(({ joiner }) => joiner === undefined).map(({ column }) => nextKind(column));
    ranges = pass.exact;
  }
  return columns;
}

/** The column as the next of the types it may have. */
export function nextKind(column: PieceColumn): PieceColumn {
  if (column.kind + 1 >= columnKinds(column.declared).length) throw new Error('a column of strings takes every cell');
  return { ...column, kind: column.kind + 1 };
}

function fitting(open: readonly OpenColumn[]): PieceColumn[] {
  return open.filter(({ joiner }) => joiner !== undefined).map(({ column }) => column);
}

/** Joins pieces as they come. */
function joins({ plan, start }: PiecesRequest, open: readonly OpenColumn[]): PassRequest['take'] {
  const byIndex = new Map(open.map((column) => [column.column.index, column]));
  let nRows = 0;
  return ({ parts, end, nRows: nMore }: CsvPiece, asked) => {
    nRows += nMore;
    const expectedRows = Math.ceil((1.02 * nRows * (plan.size - start)) / (end - start));
    for (const [i, { index }] of asked.entries()) {
      const column = byIndex.get(index) as OpenColumn;
      const part = parts[i];
      if (part === undefined) column.joiner = undefined;
      else column.joiner?.add(part, expectedRows);
    }
    return undefined;
  };
}
