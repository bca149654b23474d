const DAY_MS = 86_400_000;

/** An instant in UTC as short as the span it stands in allows. */
export function dateLabel(epochMs: number, spanMs: number): string {
  const iso = new Date(epochMs);
  if (Number.isNaN(iso.getTime())) return '–';
  const text = iso.toISOString();
  if (spanMs >= 3 * DAY_MS) return text.slice(0, 10);
  return text.slice(0, spanMs >= DAY_MS / 24 ? 16 : 19).replace('T', ' ');
}

/** An instant as ISO text without what is zero: the day alone at midnight. */
export function instantLabel(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)(\.\d+)?Z$/.exec(iso);
  if (parts === null) return iso;
  const [, day, minutes, seconds, rest = ''] = parts;
  const part = Number(rest) === 0 ? '' : rest;
  if (part === '' && seconds === ':00') return minutes === '00:00' ? `${day}` : `${day} ${minutes}`;
  return `${day} ${minutes}${seconds}${part}`;
}
