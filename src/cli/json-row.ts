import { TabwrightError } from '../core/tabwright-error.js';

/** The row of a `--row` flag. @throws REQUEST_INVALID */
export function jsonRow(command: string, json: string): Record<string, unknown> {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TabwrightError('REQUEST_INVALID', `${command}: --row must be a JSON object`, { cause });
  }
}
