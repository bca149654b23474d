import type { ColumnProfile } from '../column-profile-types.js';
import type { RowHashes } from './row-hashes.js';

/** A column's part of a profile as threads hand it over. */
export interface AccumulatedColumn {
  readonly profile: Omit<ColumnProfile, 'name' | 'index'>;
  readonly missingShares: readonly number[];
  readonly rowsPerBlock: number;
  /** Rows of the column that are exact, or were sketched. */
  readonly isExact: boolean;
}

/** Takes in a column chunk by chunk. */
export interface ColumnAccumulator<Chunk> {
  /** Adds the rows that follow, and their cells to the hashes of the chunk's rows. */
  add(chunk: Chunk, hashes: RowHashes): void;
  finish(): AccumulatedColumn;
}
