// Keeps feature values and secrets out of logs: names stay, values become their kind.
import { valueKind } from './value-kind.js';

/** Paths for pino's `redact` option: everything in our log lines that may hold input values or credentials. */
export const REDACTED_PATHS: readonly string[] = [
  'row',
  'rows',
  'body',
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
];

/** A row for a log line: each value replaced by its kind. */
export function redactRow(row: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueKind(value)]));
}
