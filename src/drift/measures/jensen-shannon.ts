// How far two distributions are from their middle (Lin, "Divergence measures based on the Shannon entropy", 1991).
import type { BinShares } from './bin-shares.js';

/** The Jensen-Shannon divergence in nats, in [0, ln 2]. */
export function jensenShannonDivergence({ reference, current }: BinShares): number {
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = reference[i] as number;
    const q = current[i] as number;
    const middle = (p + q) / 2;
    if (p > 0) sum += p * Math.log(p / middle);
    if (q > 0) sum += q * Math.log(q / middle);
  }
  return Math.max(0, sum) / 2;
}

/** The root of the divergence, which is a metric, in [0, sqrt(ln 2)]: what scipy's jensenshannon and Evidently call by the name. */
export function jensenShannonDistance(shares: BinShares): number {
  return Math.sqrt(jensenShannonDivergence(shares));
}
