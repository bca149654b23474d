/** Integers of sixteen digits and more, in the place of a value. */
const LONG_INTEGER = /[:[,]\s*(-?\d{16,})(?=\s*[,}\]])/g;

/** Whether a JSON text has an integer that a double cannot hold: it is written otherwise than the double it becomes. */
export function losesDigits(text: string): boolean {
  for (const [, digits] of text.matchAll(LONG_INTEGER)) if (String(Number(digits)) !== digits) return true;
  return false;
}
