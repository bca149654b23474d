// Ranks of a column over the rows where another has a value too, ties at their mean rank: what pandas does pair by pair.
import { ascendingOrder } from '../../evaluation/ascending-order.js';

/** A column with its order, for ranks over some of its rows. */
export interface RankedColumn {
  readonly values: Float64Array;
  /** Rows with a value, ascending by it. */
  readonly order: Uint32Array;
  /** Ranks over all rows with a value; 0 where missing. */
  readonly ranks: Float64Array;
}

/** Orders the column once. */
export function rankedColumn(values: Float64Array): RankedColumn {
  const rows = new Uint32Array(values.length);
  let n = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[n++] = row;
  const present = new Float64Array(n);
  for (let i = 0; i < n; i++) present[i] = values[rows[i] as number] as number;
  const order = ascendingOrder(present);
  for (let i = 0; i < n; i++) order[i] = rows[order[i] as number] as number;
  return { values, order, ranks: ranksWhere(values, order, undefined) };
}

/** Ranks over the rows where the other has a value. */
export function commonRanks(column: RankedColumn, other: RankedColumn): Float64Array {
  if (other.order.length === other.values.length) return column.ranks;
  return ranksWhere(column.values, column.order, other.values);
}

function ranksWhere(values: Float64Array, order: Uint32Array, other: Float64Array | undefined): Float64Array {
  const ranks = new Float64Array(values.length);
  const tied = new Uint32Array(order.length);
  let rank = 0;
  for (let i = 0; i < order.length; ) {
    const value = values[order[i] as number] as number;
    let nTied = 0;
    for (; i < order.length && values[order[i] as number] === value; i++) {
      const row = order[i] as number;
      if (other === undefined || !Number.isNaN(other[row])) tied[nTied++] = row;
    }
    for (let t = 0; t < nTied; t++) ranks[tied[t] as number] = rank + (nTied + 1) / 2;
    rank += nTied;
  }
  return ranks;
}
