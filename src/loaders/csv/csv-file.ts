import type { OpensLocalFile } from '../local-file.js';
import type { ResolvedCsvFileOptions } from './csv-file-options.js';

/** One of a loader's files. */
export interface CsvFile {
  /** Name of its table. */
  readonly name: string;
  readonly open: OpensLocalFile;
}

/** Most bytes of its text. */
export function textLimit({ maxBytes }: ResolvedCsvFileOptions, otherwise: number): number {
  return maxBytes === undefined ? otherwise : maxBytes;
}
