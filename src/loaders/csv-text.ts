import type { CsvDialect } from './csv-dialect.js';

/** CSV bytes (valid UTF-8) and how they are written. */
export interface CsvText {
  readonly bytes: Buffer;
  /** Offset of the first byte that counts, past a byte order mark. */
  readonly start: number;
  readonly dialect: CsvDialect;
  /** What messages call it. */
  readonly name: string;
}
