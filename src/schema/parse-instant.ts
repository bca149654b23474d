// ISO 8601 calendar dates and date-times as epoch milliseconds; a date-time without an offset is UTC, as in CSV files.

const INSTANT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Epoch milliseconds, or NaN where the text is no ISO 8601 date or date-time. */
export function parseInstant(text: string): number {
  if (!INSTANT.test(text)) return Number.NaN;
  const iso = text.replace(' ', 'T');
  const hasOffset = /(?:Z|[+-]\d\d:?\d\d)$/.test(iso) && iso.includes('T');
  const ms = Date.parse(iso.length === 10 || hasOffset ? iso : `${iso}Z`);
  return Number.isNaN(ms) || !dayExists(iso) ? Number.NaN : ms;
}

/** Date.parse rolls 2023-02-30 over to March, and reads month 13 by rules of its own, in some engines. */
function dayExists(iso: string): boolean {
  const [year = 0, month = 0, day = 0] = iso.slice(0, 10).split('-').map(Number);
  // The calendar repeats every 400 years; Date.UTC takes years below 100 for those of the twentieth century.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
}
