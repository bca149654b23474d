import type { CsvDialect } from './csv-dialect.js';

/** CSV bytes (valid UTF-8) and how they are written. */
export interface CsvText {
  readonly bytes: Buffer;
  /** Offset of the first byte that counts, past a byte order mark. */
  readonly start: number;
  readonly dialect: CsvDialect;
  /** What messages call it. */
  readonly name: string;
  /** Whether these are only the first bytes of what is left, so that a row that reaches their end may go on. */
  readonly hasMore?: boolean;
  /** What came before these bytes, where they are not the first. */
  readonly before?: { readonly nLines: number; readonly nBytes: number };
}
