import { TabwrightError } from '../../core/tabwright-error.js';

/** The JSON text of one record, and the line it starts in, from 1. */
export interface RecordText {
  readonly text: string;
  readonly line: number;
}

/** A stream of text that records are cut from. */
export interface RecordSource {
  readonly chunks: AsyncIterable<Buffer>;
  /** What messages call it. */
  readonly name: string;
  readonly maxRecordBytes: number;
}

/** The error for a text that does not parse. The text itself, which may hold values, is not part of it. */
export function malformedJson(name: string, line: number, rule: string): TabwrightError {
  return new TabwrightError('JSON_MALFORMED', `${name}: line ${line} ${rule}`);
}

/** @throws DATA_TOO_LARGE for a record that is longer than allowed */
export function checkRecordBytes({ name, maxRecordBytes }: RecordSource, nBytes: number, line: number): void {
  if (nBytes <= maxRecordBytes) return;
  const rule = `a record must have at most ${maxRecordBytes} bytes (maxRecordBytes)`;
  throw new TabwrightError('DATA_TOO_LARGE', `${name}: line ${line}: ${rule}`);
}
