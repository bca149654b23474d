import type { Share } from './column-profile-types.js';

/** A count as part of a whole. */
export function shareOf(count: number, whole: number): Share {
  return { count, share: whole === 0 ? 0 : count / whole };
}
