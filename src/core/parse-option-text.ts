// One option's value from the text that a person typed, or a query has.
import type { OptionSpec } from './options-table.js';
import { TabwrightError } from './tabwright-error.js';

/**
 * Reads the text as the option's type; ranges are left to the table's own checks.
 * @throws OPTION_INVALID
 */
export function parseOptionText(owner: string, name: string, spec: OptionSpec, text: string): unknown {
  const refuse = (rule: string): never => {
    throw new TabwrightError(
      'OPTION_INVALID',
      `${owner}: ${name} must be ${rule}, got ${JSON.stringify(text.slice(0, 40))}`,
    );
  };
  const number = (digits: string) =>
    digits.trim() !== '' && Number.isFinite(Number(digits)) ? Number(digits) : refuse('a number');
  switch (spec.type) {
    case 'number':
    case 'integer':
      return number(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : refuse('true or false');
    case 'list':
      return text.split(',');
    case 'numbers':
      return Object.fromEntries(text.split(',').map((pair) => named(pair) ?? refuse('pairs like a=1,b=2')));
    default:
      return text;
  }

  function named(pair: string): [string, number] | undefined {
    const at = pair.lastIndexOf('=');
    return at < 1 ? undefined : [pair.slice(0, at), number(pair.slice(at + 1))];
  }
}
