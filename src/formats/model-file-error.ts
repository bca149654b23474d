import { TabwrightError } from '../core/tabwright-error.js';

/** The error for a model file that breaks its format's rules. */
export function brokenFile(format: string, rule: string, cause?: unknown): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `${format}: ${rule}`, cause === undefined ? {} : { cause });
}

/** The error for a model file that is sound but cannot be read, with what to do in Python where there is something. */
export function unsupportedFile(format: string, what: string, python?: string): TabwrightError {
  const advice = python === undefined ? '' : `; in Python: ${python}`;
  return new TabwrightError('MODEL_FILE_UNSUPPORTED', `${format}: ${what}${advice}`);
}
