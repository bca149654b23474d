// Reads a text at hand in this thread, piece after piece in the kernel's memory.
import type { FieldType } from '../../../core/feature-spec.js';
import type { Column } from '../../../table/column.js';
import { ColumnJoiner } from '../column-joiner.js';
import type { CsvPiece, CsvPlan, PieceColumn } from '../csv-piece.js';
import { hasCsvKernel } from './csv-kernel.js';
import { giveBackMemory, takeMemory } from './kernel-memory.js';
import { PieceReader } from './piece-reader.js';

const PIECE_BYTES = 1_048_576;
const MAX_IDLE = 4;

/** Readers that no call uses. */
const idle: PieceReader[] = [];
let nPasses = 0;

/** A text to read. */
export interface TextRequest {
  readonly plan: CsvPlan;
  /** Bytes [0, plan.size) of the text. */
  readonly bytes: Buffer;
  /** The rows that start in [from, to) are read. */
  readonly from: number;
  readonly to: number;
  readonly columns: readonly WantedColumn[];
}

/** A column with the types it may have. */
export interface WantedColumn {
  readonly declared: FieldType | undefined;
  /** Positions, among `columnKinds(declared)`, of the first type to try and of the last. */
  readonly kind: number;
  readonly lastKind: number;
}

/** The rows of a text. */
export interface TextRows {
  readonly columns: Column[];
  /** Where the next row starts. */
  readonly end: number;
}

/**
 * The rows, or undefined where `readColumns` has to read them: the host cannot run the kernel, there is no row, the text is not in
 * order, or a cell fits none of its column's types. Yields the offset reached.
 */
export function* readText(request: TextRequest): Generator<number, TextRows | undefined> {
  if (!hasCsvKernel()) return undefined;
  const reader = idle.pop() ?? new PieceReader();
  try {
    const columns = new Array<Column>(request.columns.length);
    let open = request.columns.map((column, index) => ({ ...column, index }));
    let end = request.from;
    while (open.length > 0) {
      const pass = yield* readOnce(request, open, reader);
      if (pass === undefined || pass.end === request.from) return undefined;
      end = pass.end;
      for (const { index } of open) if (pass.found.has(index)) columns[index] = pass.found.get(index) as Column;
      open = open.filter(({ index }) => !pass.found.has(index)).map((column) => ({ ...column, kind: column.kind + 1 }));
      if (open.some(({ kind, lastKind }) => kind > lastKind)) return undefined;
    }
    return { columns, end };
  } finally {
    if (idle.length < MAX_IDLE) idle.push(reader);
  }
}

/** The columns, by index, whose cells are all of the type asked for; undefined where the text is not in order. */
function* readOnce(
  { plan, bytes, from, to }: TextRequest,
  open: readonly PieceColumn[],
  reader: PieceReader,
): Generator<number, { readonly found: Map<number, Column>; readonly end: number } | undefined> {
  const memory = takeMemory();
  try {
    const pass = nPasses++;
    let columns = open.map((column) => ({ column, joiner: new ColumnJoiner(memory) }));
    let end = from;
    for (let nRows = 0; end < to; ) {
      const range = { from: end, to: Math.min(end + PIECE_BYTES, to), isExact: true };
      const asked = columns.map(({ column }) => column);
      const piece: CsvPiece = reader.read({ plan, pass, slot: 0, ...range, columns: asked }, (into, offset) => {
        bytes.copy(into, 0, offset, offset + into.length);
      });
      if (piece.isFaulty) return undefined;
      end = piece.end;
      nRows += piece.nRows;
      const expectedRows = Math.ceil((1.02 * nRows * (to - from)) / (end - from));
      for (const [i, { joiner }] of columns.entries()) {
        const part = piece.parts[i];
        if (part !== undefined) joiner.add(part, expectedRows);
      }
      columns = columns.filter((_, i) => piece.parts[i] !== undefined);
      yield end;
      if (nRows === 0) return undefined;
    }
    return { found: new Map(columns.map(({ column, joiner }) => [column.index, joiner.finish()] as const)), end };
  } finally {
    giveBackMemory(memory);
  }
}
