// CSV options in the form the byte loops read: each mark as its byte.
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ResolvedCsvOptions } from './csv-options.js';
import { markByte } from './mark-byte.js';
import { MissingTokens } from './missing-tokens.js';

/** How one CSV text is written; marks are ASCII codes. */
export interface CsvDialect {
  readonly delimiter: number;
  /** Whether the delimiter is only a stand-in for the one to be found in the text. */
  readonly detectsDelimiter: boolean;
  /** -1 where quotes mean nothing. */
  readonly quote: number;
  readonly decimal: number;
  /** Start of the lines to leave out; empty where none is. */
  readonly comment: Uint8Array;
  readonly header: boolean;
  readonly trim: boolean;
  readonly maxCellBytes: number;
  readonly missing: MissingTokens;
}

/** The dialect that options describe. @throws OPTION_INVALID */
export function csvDialect(options: ResolvedCsvOptions): CsvDialect {
  const delimiter = markByte('csv: delimiter', options.delimiter ?? ',');
  const quote = options.quote === '' ? -1 : markByte('csv: quote', options.quote);
  if (delimiter === quote && options.delimiter !== undefined) {
    throw new TabwrightError('OPTION_INVALID', 'csv: delimiter and quote must differ');
  }
  return {
    delimiter,
    detectsDelimiter: options.delimiter === undefined,
    quote,
    decimal: options.decimal.charCodeAt(0),
    comment: Buffer.from(options.comment ?? ''),
    header: options.header,
    trim: options.trim,
    maxCellBytes: options.maxCellBytes,
    missing: new MissingTokens(options.missing),
  };
}
