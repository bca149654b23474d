import { formatCount, formatPercent } from '../../report/format-number.js';
import type { Share } from '../column-profile-types.js';

/** A count with its share of the whole: "2,799 (5.7%)"; "none" for 0. */
export function shareLabel({ count, share }: Share): string {
  return count === 0 ? 'none' : `${formatCount(count)} (${formatPercent(share)})`;
}
