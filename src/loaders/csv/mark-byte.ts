import { TabwrightError } from '../../core/tabwright-error.js';

const NAMED: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t' };

/**
 * The byte of a delimiter or quote given as one character; `tab` and `\t` in letters stand for the tab, as command lines need.
 * @throws OPTION_INVALID
 */
export function markByte(option: string, text: string): number {
  const mark = NAMED[text] ?? text;
  if (!/^[\t\x20-\x7e]$/.test(mark) || /[a-z0-9]/i.test(mark)) {
    const rule = 'must be one ASCII character that is no letter, digit or line break';
    throw new TabwrightError('OPTION_INVALID', `${option} ${rule}, got ${JSON.stringify(text.slice(0, 20))}`);
  }
  return mark.charCodeAt(0);
}
