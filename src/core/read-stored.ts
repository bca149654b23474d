import { isTabwrightError } from './is-tabwright-error.js';
import { storageError, systemCode } from './storage-error.js';
import { TabwrightError } from './tabwright-error.js';

/**
 * Runs a read of a file that must be there.
 * @param what The file in messages: "adult/3: model.txt".
 * @throws BUNDLE_INVALID where it is missing, STORAGE_FAILED where it cannot be read, and the codes that `read` throws
 */
export async function readStored<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isTabwrightError(error)) throw error;
    if (systemCode(error) === 'ENOENT') throw new TabwrightError('BUNDLE_INVALID', `${what} is missing`);
    throw storageError(`cannot read ${what}`, error);
  }
}
