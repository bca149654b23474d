// Missing cells by column, over the rows, and together.
import type { AccumulatedColumn } from './accumulators/column-accumulator.js';
import { orderOf } from './association-matrices.js';
import { linearCorrelation } from './associations/linear-correlation.js';
import type { ColumnProfile } from './column-profile-types.js';
import { finite } from './finite.js';
import type { MissingProfile } from './profile-types.js';
import type { RowStore } from './row-store.js';

/** What is missing where; the heat map has the first so many columns with something missing. */
export function missingProfile(
  columns: readonly ColumnProfile[],
  accumulated: readonly AccumulatedColumn[],
  { rows, totalRows, maxColumns }: { readonly rows: RowStore; readonly totalRows: number; readonly maxColumns: number },
): MissingProfile {
  const holed = columns.filter(({ missing }) => missing.count > 0);
  const shares = holed.map(({ index }) => accumulated[index]?.missingShares ?? []);
  const partly = holed.filter(({ count }) => count > 0).slice(0, maxColumns);
  const flags = partly.map(({ index }) => missingFlags(rows, index));
  const values = flags.map((x, i) => flags.map((y, j) => (i === j ? 1 : finite(linearCorrelation(x, y)))));
  return {
    columns: columns.map(({ name, missing }) => ({ column: name, missing })),
    matrix: {
      columns: holed.map(({ name }) => name),
      rowsPerBlock: accumulated[0]?.rowsPerBlock ?? 1,
      nBlocks: shares[0]?.length ?? 0,
      shares: shares.map((blocks) => blocks.map((share) => Math.round(share * 1000) / 1000)),
    },
    heatmap: {
      columns: partly.map(({ name }) => name),
      order: orderOf(values),
      values,
      nRows: rows.nRows,
      isSampled: rows.nRows < totalRows,
    },
  };
}

function missingFlags(rows: RowStore, index: number): Float64Array {
  const { kind, values } = rows.column(index);
  const isCode = kind === 'boolean' || kind === 'other';
  const flags = new Float64Array(rows.nRows);
  for (let row = 0; row < flags.length; row++) {
    const value = values[row] as number | string | null;
    flags[row] = Number(value === null || Number.isNaN(value) || (isCode && value === -1));
  }
  return flags;
}
