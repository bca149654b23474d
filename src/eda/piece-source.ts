// A CSV file whose pieces the threads of a profile read themselves: cells stay in the memory they were read into.
import type { ColumnType } from '../loaders/csv/cells/column-type.js';
import type { CsvPiece, PiecePart } from '../loaders/csv/csv-piece.js';
import type { CsvPieces } from '../loaders/csv/csv-pieces.js';
import type { ColumnChunk, TableChunk } from './column-chunk.js';
import type { ProfileCrew } from './profile-crew.js';
import type { TableBatches } from './table-batches.js';
import type { ChunkTaker, TableSource } from './table-source.js';

/** Below, starting threads takes longer than it saves. */
const SMALL_BYTES = 8_000_000;
const KINDS = { number: 'number', date: 'datetime', boolean: 'boolean', string: 'string' } as const satisfies Record<
  ColumnType,
  ColumnChunk['kind']
>;

/** Reads pieces, or batches where the text is not in order, which a parser of the whole then words. */
export class PieceSource implements TableSource {
  readonly isInMemory = false;
  readonly #pieces: CsvPieces;
  readonly #batches: TableBatches;
  #isRefused = false;

  constructor(pieces: CsvPieces, batches: TableBatches) {
    this.#pieces = pieces;
    this.#batches = batches;
  }

  get names(): readonly string[] {
    return this.#isRefused ? this.#batches.names : this.#pieces.names;
  }

  get isReadHere(): boolean {
    return this.#isRefused;
  }

  get isSmall(): boolean {
    return this.#pieces.sizeBytes < SMALL_BYTES;
  }

  async read(to: ChunkTaker, crew: ProfileCrew): Promise<boolean> {
    if (this.#isRefused) return this.#batches.read(to, crew);
    await to.open(this.#pieces.types().map((type) => KINDS[type]));
    const outcome = await this.#pieces.read(crew.readers, (piece) => to.take(chunkOf(piece)));
    if (outcome === 'refused') {
      this.#isRefused = true;
      await this.#batches.open();
    }
    return outcome === 'read';
  }

  async close(): Promise<void> {
    await this.#pieces.close();
    await this.#batches.close();
  }
}

function chunkOf({ nRows, parts }: CsvPiece): TableChunk {
  return { nRows, columns: parts.map((part) => columnOf(part as PiecePart)) };
}

function columnOf(part: PiecePart): ColumnChunk {
  if (part.type === 'boolean') return { kind: 'boolean', codes: part.values };
  if (part.type !== 'string') return { kind: KINDS[part.type], values: part.values };
  return { kind: 'string', codes: part.codes, values: part.dictionary };
}
