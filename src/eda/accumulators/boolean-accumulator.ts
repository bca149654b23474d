import type { ColumnChunk } from '../column-chunk.js';
import { shareOf } from '../share-of.js';
import { mixed } from '../sketches/number-hash.js';
import { booleanStatistics } from './boolean-statistics.js';
import type { AccumulatedColumn, ColumnAccumulator } from './column-accumulator.js';
import { MissingBlocks } from './missing-blocks.js';
import { balanceOf } from './number-profile.js';
import type { RowHashes } from './row-hashes.js';

/** Accumulates booleans, and counts the cells of kinds the library has no column for. */
export class BooleanAccumulator implements ColumnAccumulator<ColumnChunk & { kind: 'boolean' | 'other' }> {
  private readonly kind: 'boolean' | 'other';
  private readonly index: number;
  private readonly missing = new MissingBlocks();
  private nRows = 0;
  private nMissing = 0;
  private nTrue = 0;

  constructor(kind: 'boolean' | 'other', index: number) {
    this.kind = kind;
    this.index = index;
  }

  add({ codes }: { readonly codes: Int8Array }, hashes: RowHashes): void {
    this.missing.reach(this.nRows + codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      // A cell of unknown kind is unlike any other, so that no row is called a duplicate for it.
      const cell = this.kind === 'other' && code === 1 ? this.nRows + row + 2 : code;
      hashes.add(row, this.index, mixed(cell + 1), mixed(cell + 0x51ed270b));
      if (code === 1) this.nTrue += 1;
      else if (code === -1) {
        this.nMissing += 1;
        this.missing.add(this.nRows + row);
      }
    }
    this.nRows += codes.length;
  }

  finish(): AccumulatedColumn {
    const { missing, nRows } = this;
    return {
      profile: this.kind === 'boolean' ? this.booleans() : this.unsupported(),
      missingShares: missing.shares(nRows),
      rowsPerBlock: missing.rowsPerBlock,
      isExact: true,
    };
  }

  private booleans(): AccumulatedColumn['profile'] {
    const { nRows, nMissing, nTrue } = this;
    const count = nRows - nMissing;
    const nFalse = count - nTrue;
    const counts = (
      [
        [true, nTrue],
        [false, nFalse],
      ] as const
    ).filter(([, n]) => n > 0);
    const unique = counts.filter(([, n]) => n === 1).length;
    const logs = counts.reduce((sum, [, n]) => sum + n * Math.log2(n), 0);
    const values = counts.map(([value, n]) => ({ value, ...shareOf(n, nRows) })).sort((a, b) => b.count - a.count);
    return {
      type: count === 0 ? 'empty' : counts.length === 1 ? 'constant' : 'boolean',
      storage: 'boolean',
      count,
      missing: shareOf(nMissing, nRows),
      distinct: { ...shareOf(counts.length, count), unique, isExact: true, relativeError: 0 },
      memoryBytes: nRows,
      ...(count === 0
        ? {}
        : {
            top: {
              values,
              other: shareOf(0, nRows),
              isExact: true,
              maxError: 0,
              balance: balanceOf(logs, count, counts.length),
            },
            boolean: { ...booleanStatistics([]), nTrue, nFalse, shareTrue: nTrue / count },
          }),
    };
  }

  private unsupported(): AccumulatedColumn['profile'] {
    const { nRows, nMissing } = this;
    return {
      type: 'unsupported',
      storage: 'other',
      count: nRows - nMissing,
      missing: shareOf(nMissing, nRows),
      distinct: { count: 0, share: 0, unique: null, isExact: false, relativeError: 0 },
      memoryBytes: 8 * nRows,
    };
  }
}
