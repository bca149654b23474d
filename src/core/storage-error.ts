// Turns a failed file operation into one of two codes: the disk is full, or anything else.
import { TabwrightError } from './tabwright-error.js';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * The error for a file operation that failed.
 * @param action What could not be done, with the path: "cannot write models/adult".
 * @param cause What the file system threw; its code decides between STORAGE_FULL and STORAGE_FAILED.
 */
export function storageError(action: string, cause: unknown): TabwrightError {
  const code = systemCode(cause);
  if (code !== undefined && FULL.has(code)) {
    return new TabwrightError('STORAGE_FULL', `${action}: no space left (${code})`, { cause });
  }
  return new TabwrightError('STORAGE_FAILED', code === undefined ? action : `${action}: ${code}`, { cause });
}

/** The code of a file system error, such as "ENOENT". */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}
