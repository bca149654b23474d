import { ERROR_CODES } from './error-codes.js';
import type { TabwrightError } from './tabwright-error.js';

/** True when `value` carries one of the library's codes, also when another copy of the package made it. */
export function isTabwrightError(value: unknown): value is TabwrightError {
  if (!(value instanceof Error) || !('code' in value) || !('status' in value)) return false;
  return typeof value.code === 'string' && Object.hasOwn(ERROR_CODES, value.code);
}
