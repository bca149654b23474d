// Some rows of a table, kept in typed columns: the sample that associations, interactions and the target are computed from.
import { stringReader } from './chunk-strings.js';
import type { ColumnChunk, TableChunk } from './column-chunk.js';
import type { Cell } from './profile-types.js';

const MAX_CELL_LENGTH = 200;

/** A column of kept rows: numbers and instants, codes of booleans (-1 missing), or strings. */
export type KeptColumn =
  | { readonly kind: 'number' | 'datetime'; readonly values: Float64Array }
  | { readonly kind: 'boolean' | 'other'; readonly values: Int8Array }
  | { readonly kind: 'string'; readonly values: (string | null)[] };

/** Keeps rows by place. */
export class RowStore {
  nRows = 0;
  private columns: KeptColumn[] = [];
  private rowNumbers = new Float64Array(0);

  /** Makes room for rows like these. */
  open(kinds: readonly ColumnChunk['kind'][], capacity: number): void {
    this.rowNumbers = new Float64Array(capacity);
    this.columns = kinds.map((kind): KeptColumn => {
      if (kind === 'string') return { kind, values: [] };
      if (kind === 'boolean' || kind === 'other') return { kind, values: new Int8Array(capacity) };
      return { kind, values: new Float64Array(capacity) };
    });
  }

  /** Puts rows of a chunk into places. @param firstRow number of the chunk's first row in the table */
  put(chunk: TableChunk, firstRow: number, moves: Moves): void {
    for (let i = 0; i < moves.rows.length; i++) {
      const place = moves.places[i] as number;
      this.rowNumbers[place] = firstRow + (moves.rows[i] as number);
      if (place >= this.nRows) this.nRows = place + 1;
    }
    for (const [index, column] of this.columns.entries()) copyRows(chunk.columns[index] as ColumnChunk, column, moves);
  }

  /** The column over the rows that are kept. */
  column(index: number): KeptColumn {
    const column = this.columns[index] as KeptColumn;
    switch (column.kind) {
      case 'string':
        return column;
      case 'number':
      case 'datetime':
        return { kind: column.kind, values: column.values.subarray(0, this.nRows) };
      default:
        return { kind: column.kind, values: column.values.subarray(0, this.nRows) };
    }
  }

  /** Number of the row at a place. */
  rowNumber(place: number): number {
    return this.rowNumbers[place] as number;
  }

  /** A kept row as it is shown. */
  cells(place: number): Cell[] {
    return this.columns.map((column) => shownCell(column.kind, column.values[place] as number | string | null));
  }
}

/** A row of a chunk as it is shown. */
export function chunkCells(chunk: TableChunk, row: number): Cell[] {
  return chunk.columns.map((column) => {
    if (column.kind === 'string') return shownCell('string', cellText(column, row));
    return shownCell(column.kind, ('codes' in column ? column.codes[row] : column.values[row]) as number);
  });
}

function cellText({ codes, values }: Extract<ColumnChunk, { kind: 'string' }>, row: number): string | null {
  const code = codes[row] as number;
  return values === undefined || code < 0 ? null : stringReader(values)(code);
}

function shownCell(kind: ColumnChunk['kind'], value: number | string | null): Cell {
  if (value === null || Number.isNaN(value)) return null;
  if (typeof value === 'string') return value.length > MAX_CELL_LENGTH ? `${value.slice(0, MAX_CELL_LENGTH)}…` : value;
  if (kind === 'boolean') return value === 1 ? true : value === 0 ? false : null;
  if (kind === 'other') return value === 1 ? '(other)' : null;
  if (kind === 'datetime') return isoText(value);
  return Number.isFinite(value) ? value + 0 : String(value); // JSON has no -0
}

function isoText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

/** Which rows of a chunk go to which places. */
interface Moves {
  readonly rows: Int32Array;
  readonly places: Int32Array;
}

function copyRows(from: ColumnChunk, to: KeptColumn, moves: Moves): void {
  if (from.kind === 'string' && to.kind === 'string')
    copyStrings(from.codes, stringReader(from.values ?? []), to.values, moves);
  else if ((from.kind === 'number' || from.kind === 'datetime') && to.kind === from.kind) {
    copyNumbers(from.values, to.values, moves);
  } else if ((from.kind === 'boolean' || from.kind === 'other') && to.kind === from.kind) {
    copyCodes(from.codes, to.values, moves);
  }
}

// One loop for each kind of array, so that each is compiled for its own.
function copyNumbers(from: Float64Array, to: Float64Array, { rows, places }: Moves): void {
  for (let i = 0; i < rows.length; i++) to[places[i] as number] = from[rows[i] as number] as number;
}

function copyCodes(from: Int8Array, to: Int8Array, { rows, places }: Moves): void {
  for (let i = 0; i < rows.length; i++) to[places[i] as number] = from[rows[i] as number] as number;
}

function copyStrings(
  codes: Int32Array,
  text: (code: number) => string,
  to: (string | null)[],
  { rows, places }: Moves,
): void {
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i] as number] as number;
    to[places[i] as number] = code < 0 ? null : text(code);
  }
}
