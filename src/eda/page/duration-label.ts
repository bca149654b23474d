import { formatNumber } from '../../report/format-number.js';

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['year', 365.25 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A length of time in the largest unit that it fills: "2 hours", "1.5 years"; years from two on. */
export function durationLabel(ms: number): string {
  const unit = UNITS.find(([name, size]) => ms >= (name === 'year' ? 2 * size : size));
  if (unit === undefined) return `${formatNumber(ms)} ms`;
  const count = formatNumber(Math.round((10 * ms) / unit[1]) / 10);
  return `${count} ${unit[0]}${count === '1' ? '' : 's'}`;
}
