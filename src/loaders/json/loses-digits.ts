import { exactDecimal } from '../exact-number.js';

/** Integers of sixteen digits and more, in the place of a value. */
const LONG_INTEGER = /[:[,]\s*(-?\d{16,})(?=\s*[,}\]])/g;

/** Whether a JSON text has an integer that a double does not hold, and that is not written as that double would be. */
export function losesDigits(text: string): boolean {
  for (const [, digits = ''] of text.matchAll(LONG_INTEGER)) {
    if (String(Number(digits)) !== digits && exactDecimal(digits) === undefined) return true;
  }
  return false;
}
