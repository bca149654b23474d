import type { ColumnQuality, QualityChange } from '../drift-report.js';
import type { ColumnReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import { BELOW_CELL, MISSING_CELL, MISTYPED_CELL } from '../window/column-tally.js';

/**
 * What the cells of a column say about its data quality.
 * @param qualityShare shares above it are a change
 */
export function columnQuality(
  column: ColumnReference,
  { cells, unseen }: ColumnTally,
  qualityShare: number,
): ColumnQuality {
  const nReference = column.nMissing + presentIn(column);
  const nCurrent = cells.reduce((sum, count) => sum + count, 0);
  const shareOf = (cell: number): number => (nCurrent === 0 ? 0 : (cells[cell] as number) / nCurrent);
  const last = shareOf(cells.length - 1);
  const missing = { reference: nReference === 0 ? 0 : column.nMissing / nReference, current: shareOf(MISSING_CELL) };
  const isCategorical = column.kind === 'categorical';
  // Where some of the reference's categories are not listed, a category that is not may be one of those.
  const unseenShare = isCategorical && column.other.distinct === 0 ? last : 0;
  const beyond = isCategorical ? { below: 0, above: 0 } : { below: shareOf(BELOW_CELL), above: last };
  const mistyped = shareOf(MISTYPED_CELL);
  const found: Readonly<Record<QualityChange, boolean>> = {
    missing: nCurrent > 0 && Math.abs(missing.current - missing.reference) > qualityShare,
    // Time goes on: instants after the reference's are no change.
    range: beyond.below + (column.kind === 'datetime' ? 0 : beyond.above) > qualityShare,
    categories: unseenShare > qualityShare,
    type: mistyped > qualityShare,
  };
  return {
    nReference,
    nCurrent,
    missing,
    ...beyond,
    unseen: { share: unseenShare, values: unseenShare > 0 ? [...unseen] : [] },
    mistyped,
    changes: (Object.keys(found) as QualityChange[]).filter((change) => found[change]),
  };
}

function presentIn(column: ColumnReference): number {
  if (column.kind === 'datetime') return column.nPresent;
  const counted = column.counts.reduce((sum, count) => sum + count, 0);
  return column.kind === 'categorical' ? counted + column.other.count : counted;
}
