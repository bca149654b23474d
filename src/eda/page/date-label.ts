const DAY_MS = 86_400_000;

/** An instant in UTC as short as the span it stands in allows. */
export function dateLabel(epochMs: number, spanMs: number): string {
  const iso = new Date(epochMs);
  if (Number.isNaN(iso.getTime())) return '–';
  const text = iso.toISOString();
  if (spanMs >= 3 * DAY_MS) return text.slice(0, 10);
  return text.slice(0, spanMs >= DAY_MS / 24 ? 16 : 19).replace('T', ' ');
}
