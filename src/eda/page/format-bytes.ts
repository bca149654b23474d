import { formatNumber } from '../../report/format-number.js';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** Bytes in the largest decimal unit that they fill. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** unit;
  return `${formatNumber(unit === 0 ? value : Number(value.toPrecision(3)))} ${UNITS[unit]}`;
}
