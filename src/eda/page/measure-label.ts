import { formatNumber } from '../../report/format-number.js';

/** A number, or a dash where there is none. */
export function measureLabel(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value);
}
