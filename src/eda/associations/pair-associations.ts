// Associations of one column with each that follows it: the work of one task.
import type { AssociationSample, PairAssociations } from './association-sample.js';
import { commonRanks, type RankedColumn, rankedColumn } from './column-ranks.js';
import { contingency, cramersV } from './contingency.js';
import { kendallTau } from './kendall-tau.js';
import { linearCorrelation } from './linear-correlation.js';
import { phiK } from './phi-k.js';

/** Computes pairs of one sample; ranks of a column are computed once. */
export class AssociationPairs {
  private readonly sample: AssociationSample;
  private readonly ranked: (RankedColumn | undefined)[] = [];

  constructor(sample: AssociationSample) {
    this.sample = sample;
  }

  /** Column `first` with columns first + 1, first + 2 and so on. */
  row(first: number): PairAssociations[] {
    return this.sample.columns.slice(first + 1).map((_, i) => this.pair(first, first + 1 + i));
  }

  private pair(i: number, j: number): PairAssociations {
    const { columns, values, groups, kendallRows } = this.sample;
    const a = columns[i] as AssociationSample['columns'][number];
    const b = columns[j] as AssociationSample['columns'][number];
    const table = contingency(groups[i] as Int32Array, groups[j] as Int32Array, a.nGroups, b.nGroups);
    const none = { pearson: Number.NaN, spearman: Number.NaN, kendall: Number.NaN };
    const ordered = a.isNumber && b.isNumber ? this.ordered(i, j, values, kendallRows) : none;
    return { ...ordered, cramersV: cramersV(table), phiK: phiK(table) };
  }

  private ordered(i: number, j: number, values: readonly Float64Array[], kendallRows: number) {
    const x = values[i] as Float64Array;
    const y = values[j] as Float64Array;
    const rankedX = this.rank(i);
    const rankedY = this.rank(j);
    return {
      pearson: linearCorrelation(x, y),
      spearman: linearCorrelation(commonRanks(rankedX, rankedY), commonRanks(rankedY, rankedX), x, y),
      kendall: kendallTau(x.subarray(0, kendallRows), y.subarray(0, kendallRows)),
    };
  }

  private rank(column: number): RankedColumn {
    this.ranked[column] ??= rankedColumn(this.sample.values[column] as Float64Array);
    return this.ranked[column] as RankedColumn;
  }
}
