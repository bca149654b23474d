// Typed access to untrusted plain data: every field of a stored step is read through here.
import type { Json } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';

/** The fields of one object; each method throws BUNDLE_INVALID where the field is missing or of another type. */
export interface JsonFields {
  text(key: string): string;
  /** A finite number. */
  number(key: string): number;
  /** A whole number between these two, themselves included. */
  integer(key: string, min: number, max: number): number;
  /** A finite number or null. */
  limit(key: string): number | null;
  /** A list of finite numbers and nulls. */
  limits(key: string): readonly (number | null)[];
  /** A list of finite numbers. */
  numbers(key: string): readonly number[];
  /** A finite number, a string or null. */
  scalar(key: string): number | string | null;
  flag(key: string): boolean;
  choice<const C extends string>(key: string, choices: readonly C[]): C;
  /** A list of different strings, each among these. */
  chosen<const C extends string>(key: string, choices: readonly C[]): readonly C[];
  /** A list of different strings. */
  names(key: string): readonly string[];
  /** A list of anything. */
  list(key: string): readonly Json[];
  /** A list of objects that have a `name` each, no two the same. */
  columns(key: string): readonly JsonFields[];
  /** The error for a field that breaks a rule of the step's own. */
  invalid(key: string, rule: string): TabwrightError;
}

/**
 * Opens an object.
 * @param path Where it stands, for messages: `oneHot.columns[2]`
 * @throws BUNDLE_INVALID where `value` is no object
 */
export function jsonFields(path: string, value: unknown): JsonFields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TabwrightError('BUNDLE_INVALID', `${path} must be an object, got ${valueKind(value)}`);
  }
  const at = (key: string): unknown => (value as Record<string, unknown>)[key];
  const invalid = (key: string, rule: string): TabwrightError =>
    new TabwrightError('BUNDLE_INVALID', `${path}.${key} must be ${rule}, got ${valueKind(at(key))}`);
  function read<T>(key: string, rule: string, is: (found: unknown) => found is T): T {
    const found = at(key);
    if (!is(found)) throw invalid(key, rule);
    return found;
  }
  return {
    invalid,
    text: (key) => read(key, 'a string', isString),
    number: (key) => read(key, 'a finite number', isFiniteNumber),
    integer: (key, min, max) =>
      read(key, `a whole number from ${min} to ${max}`, (found): found is number => isIntegerIn(found, min, max)),
    limit: (key) => read(key, 'a finite number or null', isLimit),
    limits: (key) => read(key, 'a list of finite numbers and nulls', isLimitList),
    numbers: (key) => read(key, 'a list of finite numbers', isNumberList),
    scalar: (key) => read(key, 'a finite number, a string or null', isScalar),
    flag: (key) => read(key, 'true or false', (found) => typeof found === 'boolean'),
    choice<const C extends string>(key: string, choices: readonly C[]): C {
      return read(key, `one of ${choices.join(', ')}`, (found): found is C => choices.some((each) => each === found));
    },
    chosen<const C extends string>(key: string, choices: readonly C[]): readonly C[] {
      const are = (found: unknown): found is readonly C[] =>
        isNameList(found) && found.every((each) => choices.some((choice) => choice === each));
      return read(key, `a list of names among ${choices.join(', ')}`, are);
    },
    names: (key) => read(key, 'a list of different strings', isNameList),
    list: (key) => read(key, 'a list', isList),
    columns(key) {
      const fields = read(key, 'a list', isList).map((item, i) => jsonFields(`${path}.${key}[${i}]`, item));
      if (!isNameList(fields.map((each) => each.text('name')))) throw invalid(key, 'a list of different columns');
      return fields;
    },
  };
}

function isString(found: unknown): found is string {
  return typeof found === 'string';
}

function isFiniteNumber(found: unknown): found is number {
  return typeof found === 'number' && Number.isFinite(found);
}

function isIntegerIn(found: unknown, min: number, max: number): boolean {
  return Number.isInteger(found) && (found as number) >= min && (found as number) <= max;
}

function isLimit(found: unknown): found is number | null {
  return found === null || isFiniteNumber(found);
}

function isLimitList(found: unknown): found is readonly (number | null)[] {
  return isList(found) && found.every(isLimit);
}

function isNumberList(found: unknown): found is readonly number[] {
  return isList(found) && found.every(isFiniteNumber);
}

function isScalar(found: unknown): found is number | string | null {
  return found === null || isString(found) || isFiniteNumber(found);
}

function isList(found: unknown): found is readonly Json[] {
  return Array.isArray(found);
}

function isNameList(found: unknown): found is readonly string[] {
  return isList(found) && found.every(isString) && new Set(found).size === found.length;
}
