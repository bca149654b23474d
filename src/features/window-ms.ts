import { DAY_MS } from '../core/day-ms.js';

/** The length of a feature's window in milliseconds; Infinity where it is all of the past. */
export function windowMs(days: number | undefined): number {
  return days === undefined ? Number.POSITIVE_INFINITY : days * DAY_MS;
}
