import { storageError, systemCode } from '../core/storage-error.js';
import { TabwrightError } from '../core/tabwright-error.js';

const UNREADABLE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ENAMETOOLONG', 'ELOOP']);

/**
 * The error for an input file that cannot be read: FILE_NOT_FOUND where it is the path's fault, else STORAGE_FAILED.
 * @param loader first word of the message: "csv"
 */
export function readError(loader: string, path: string, cause: unknown): TabwrightError {
  const code = systemCode(cause);
  if (code === undefined || !UNREADABLE.has(code)) return storageError(`cannot read ${path}`, cause);
  const what = code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path} (${code})`;
  return new TabwrightError('FILE_NOT_FOUND', `${loader}: ${what}`, { cause });
}
