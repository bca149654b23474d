import { TabwrightError } from '../../core/tabwright-error.js';

/** The error for bytes that no Parquet file has; whoever knows the file and the column puts them in front. */
export function malformed(rule: string, cause?: unknown): TabwrightError {
  return new TabwrightError('PARQUET_MALFORMED', rule, { cause });
}
