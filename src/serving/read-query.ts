import type { OptionsTable } from '../core/options-table.js';
import { parseOptionText } from '../core/parse-option-text.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';

/**
 * The parameters of a request target's query, of the types of a table and with its defaults.
 * @throws OPTION_UNKNOWN, OPTION_INVALID
 */
export function readQuery(url: string, table: OptionsTable): Readonly<Record<string, unknown>> {
  const start = url.indexOf('?');
  const given: Record<string, unknown> = Object.create(null);
  for (const [name, text] of new URLSearchParams(start === -1 ? '' : url.slice(start))) {
    if (name in given) throw new TabwrightError('OPTION_INVALID', `${table.name}: a parameter is given twice`);
    const spec = Object.hasOwn(table.specs, name) ? table.specs[name] : undefined;
    given[name] = spec === undefined ? text : parseOptionText(table.name, name, spec, text);
  }
  return resolveOptions(table, given);
}
