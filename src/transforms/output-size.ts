import { TabwrightError } from '../core/tabwright-error.js';

/** Most bytes of one table's outputs: an error that says what to do, before the process is out of memory. */
const MAX_BYTES = 2 ** 32;

/**
 * @param advice What made the columns so many, and what to do about it
 * @throws DATA_TOO_LARGE where numbers in these columns would take more than 4 GiB
 */
export function checkOutputSize(step: string, nOutputs: number, nRows: number, advice: () => string): void {
  if (nOutputs * nRows * Float64Array.BYTES_PER_ELEMENT <= MAX_BYTES) return;
  throw new TabwrightError(
    'DATA_TOO_LARGE',
    `${step}: ${nOutputs} columns of ${nRows} rows exceed ${MAX_BYTES / 2 ** 30} GiB, ${advice()}`,
  );
}
