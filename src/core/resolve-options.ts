// Checks options once, at the public door, and freezes them with their defaults.

import { nearestName } from './nearest-name.js';
import type { Bounds, OptionSpec, OptionSpecs, OptionsOf, OptionsTable } from './options-table.js';
import { TabwrightError } from './tabwright-error.js';
import { valueKind } from './value-kind.js';

/**
 * The options of a table, complete and frozen; the caller's object is left alone.
 * @throws OPTION_UNKNOWN for a name the table does not have, with the nearest spelling
 * @throws OPTION_INVALID for a value of the wrong type or out of range, or one option given under two names
 */
export function resolveOptions<S extends OptionSpecs>(
  table: OptionsTable<S>,
  input: Readonly<Record<string, unknown>> = {},
): OptionsOf<OptionsTable<S>> {
  const names = canonicalNames(table);
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries(input)) {
    const name = names.get(key);
    if (name === undefined) throw unknownOption(table, key, names.keys());
    if (value === undefined) continue;
    if (given.has(name)) throw new TabwrightError('OPTION_INVALID', `${table.name}: ${name} is given under two names`);
    given.set(name, value);
  }
  const resolved: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(table.specs)) {
    resolved[name] = given.has(name) ? checked(table.name, name, spec, given.get(name)) : spec.default;
  }
  return Object.freeze(resolved) as OptionsOf<OptionsTable<S>>;
}

function canonicalNames(table: OptionsTable): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, spec] of Object.entries(table.specs)) {
    for (const spelling of [name, ...(spec.aliases ?? [])]) names.set(spelling, name);
  }
  return names;
}

function unknownOption(table: OptionsTable, key: string, known: Iterable<string>): TabwrightError {
  const nearest = nearestName(key, known);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return new TabwrightError('OPTION_UNKNOWN', `${table.name}: there is no option ${key}${hint}`);
}

function checked(owner: string, name: string, spec: OptionSpec, value: unknown): unknown {
  const refuse = (rule: string): never => {
    throw new TabwrightError('OPTION_INVALID', `${owner}: ${name} must be ${rule}, got ${shown(value)}`);
  };
  switch (spec.type) {
    case 'number':
      return isNumber(value) && inBounds(value, spec) ? value : refuse(`a number${inWords(spec)}`);
    case 'integer':
      return Number.isSafeInteger(value) && inBounds(value as number, spec)
        ? value
        : refuse(`an integer${inWords(spec)}`);
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('true or false');
    case 'string':
      return typeof value === 'string' ? value : refuse('a string');
    case 'choice':
      return spec.choices.includes(value as string) ? value : refuse(`one of ${spec.choices.join(', ')}`);
    case 'list':
      return isStringList(value) ? Object.freeze([...value]) : refuse('a list of strings');
    case 'numbers':
      return isNumbers(value, spec) ? Object.freeze({ ...value }) : refuse(`numbers${inWords(spec)} by name`);
  }
}

/** Options are configuration, not data: short scalars may be shown. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return valueKind(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumbers(value: unknown, bounds: Bounds): value is Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((item) => isNumber(item) && inBounds(item, bounds));
}

function inBounds(value: number, bounds: Bounds): boolean {
  return (
    value >= (bounds.min ?? Number.NEGATIVE_INFINITY) &&
    value <= (bounds.max ?? Number.POSITIVE_INFINITY) &&
    value > (bounds.exclusiveMin ?? Number.NEGATIVE_INFINITY) &&
    value < (bounds.exclusiveMax ?? Number.POSITIVE_INFINITY)
  );
}

/** " in (0, 1]", " >= 1", or nothing where any number will do. */
function inWords(bounds: Bounds): string {
  const low = bounds.min ?? bounds.exclusiveMin;
  const high = bounds.max ?? bounds.exclusiveMax;
  const openLow = bounds.min === undefined;
  const openHigh = bounds.max === undefined;
  if (low !== undefined && high !== undefined)
    return ` in ${openLow ? '(' : '['}${low}, ${high}${openHigh ? ')' : ']'}`;
  if (low !== undefined) return ` ${openLow ? '>' : '>='} ${low}`;
  if (high !== undefined) return ` ${openHigh ? '<' : '<='} ${high}`;
  return '';
}
