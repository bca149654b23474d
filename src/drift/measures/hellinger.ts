import type { BinShares } from './bin-shares.js';

/** The Hellinger distance, sqrt(1 - sum of sqrt(p q)), in [0, 1] (Hellinger, 1909). */
export function hellinger({ reference, current }: BinShares): number {
  let overlap = 0;
  for (let i = 0; i < reference.length; i++) overlap += Math.sqrt((reference[i] as number) * (current[i] as number));
  return Math.sqrt(1 - Math.min(1, overlap));
}
