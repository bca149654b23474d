import { TabwrightError } from '../../core/tabwright-error.js';
import type { CsvText } from './csv-text.js';

/** Refuses first rows that need more bytes than are at hand. */
export function tooLong({ name, bytes }: Pick<CsvText, 'name' | 'bytes'>): TabwrightError {
  return new TabwrightError('DATA_TOO_LARGE', `${name}: the first rows must fit into ${bytes.length} bytes`);
}
