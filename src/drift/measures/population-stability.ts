import type { BinShares } from './bin-shares.js';

/** Stands for a share of nothing. */
const LEAST_SHARE = 0.0001;

/**
 * The population stability index, the sum of (p - q) ln(p / q); as credit scoring has it, 0.1 is a moderate shift and 0.25 a
 * major one (Siddiqi, "Credit Risk Scorecards", 2006).
 * @param fill what stands for a share of nothing: `textbook` 0.0001; `evidently` that too, or a millionth of the sample's
 *   smallest share where that one is no larger than it
 */
export function populationStability({ reference, current }: BinShares, fill: 'textbook' | 'evidently'): number {
  const emptyReference = fill === 'textbook' ? LEAST_SHARE : evidentlyFill(reference);
  const emptyCurrent = fill === 'textbook' ? LEAST_SHARE : evidentlyFill(current);
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = (reference[i] as number) || emptyReference;
    const q = (current[i] as number) || emptyCurrent;
    sum += (p - q) * Math.log(p / q);
  }
  return sum;
}

function evidentlyFill(shares: ArrayLike<number>): number {
  let smallest = 1;
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] as number;
    if (share > 0 && share < smallest) smallest = share;
  }
  return smallest <= LEAST_SHARE ? smallest / 1e6 : LEAST_SHARE;
}
