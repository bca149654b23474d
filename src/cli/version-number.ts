import { TabwrightError } from '../core/tabwright-error.js';

/** The number of a version that a person typed. @throws OPTION_INVALID */
export function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new TabwrightError(
    'OPTION_INVALID',
    `version must be a whole number >= 1, got ${JSON.stringify(text.slice(0, 40))}`,
  );
}
