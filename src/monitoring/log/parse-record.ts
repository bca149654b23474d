// Lines of NDJSON to records.
import type { LogRecord } from './prediction-log.js';

/** The record of a line; undefined where a crash tore it, or it is none. */
export function parseRecord(line: string): LogRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value has what every record has. */
export function isRecord(value: unknown): value is LogRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, timeMs, served, id, truth, score } = value as Record<string, unknown>;
  if (typeof timeMs !== 'number' || typeof served !== 'string' || typeof id !== 'string') return false;
  return kind === 'truth' ? truth !== undefined && truth !== null : kind === 'prediction' && typeof score === 'number';
}
