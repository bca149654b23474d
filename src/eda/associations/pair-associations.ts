// Associations of one column with each that follows it: the work of one task.
import type { AssociationSample, PairAssociations } from './association-sample.js';
import { commonRanks, type RankedColumn, rankedColumn } from './column-ranks.js';
import { contingency, cramersV } from './contingency.js';
import { type DenseRanks, denseRanks, kendallTau } from './kendall-tau.js';
import { linearCorrelation } from './linear-correlation.js';
import { phiK } from './phi-k.js';

/** Computes pairs of one sample, once all of its columns are ranked: by this or by other threads, where it is in memory they share. */
export class AssociationPairs {
  private readonly sample: AssociationSample;
  private readonly dense: (DenseRanks | undefined)[] = [];

  constructor(sample: AssociationSample) {
    this.sample = sample;
  }

  /** Ranks a column with an order. */
  rankColumn(column: number): void {
    const { columns, values, orders, nOrdered, ranks } = this.sample;
    if (!columns[column]?.isNumber) return;
    const ranked = rankedColumn(values[column] as Float64Array);
    orders[column]?.set(ranked.order);
    ranks[column]?.set(ranked.ranks);
    nOrdered[column] = ranked.order.length;
  }

  /** Column `first` with columns first + 1, first + 2 and so on. */
  row(first: number): PairAssociations[] {
    return this.sample.columns.slice(first + 1).map((_, i) => this.pair(first, first + 1 + i));
  }

  private pair(i: number, j: number): PairAssociations {
    const { columns, values, groups } = this.sample;
    const a = columns[i] as AssociationSample['columns'][number];
    const b = columns[j] as AssociationSample['columns'][number];
    const table = contingency(groups[i] as Int32Array, groups[j] as Int32Array, a.nGroups, b.nGroups);
    const none = { pearson: Number.NaN, spearman: Number.NaN, kendall: Number.NaN };
    const ordered = a.isNumber && b.isNumber ? this.ordered(i, j, values) : none;
    return { ...ordered, cramersV: cramersV(table), phiK: phiK(table) };
  }

  private ordered(i: number, j: number, values: readonly Float64Array[]) {
    const x = values[i] as Float64Array;
    const y = values[j] as Float64Array;
    const rankedX = this.ranked(i);
    const rankedY = this.ranked(j);
    return {
      pearson: linearCorrelation(x, y),
      spearman: linearCorrelation(commonRanks(rankedX, rankedY), commonRanks(rankedY, rankedX), x, y),
      kendall: kendallTau(this.denseRanks(i), this.denseRanks(j)),
    };
  }

  /** Of the rows for Kendall's tau. */
  private denseRanks(column: number): DenseRanks {
    const { values, kendallRows } = this.sample;
    this.dense[column] ??= denseRanks((values[column] as Float64Array).subarray(0, kendallRows));
    return this.dense[column] as DenseRanks;
  }

  private ranked(column: number): RankedColumn {
    const { values, orders, nOrdered, ranks } = this.sample;
    return {
      values: values[column] as Float64Array,
      order: (orders[column] as Uint32Array).subarray(0, nOrdered[column]),
      ranks: ranks[column] as Float64Array,
    };
  }
}
