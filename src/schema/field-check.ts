// The rules of one field, compiled once: used for cells of rows and of tables alike.
import type { Field } from '../core/feature-spec.js';

/** The rule that a present value of the field's type breaks, or undefined. Numbers for numbers and dates, else strings. */
export type FieldCheck = (value: number | string) => string | undefined;

/** Compiles the checks of a field; undefined where every value of its type will do. */
export function fieldCheck(field: Field): FieldCheck | undefined {
  const checks = field.type === 'string' ? stringChecks(field) : field.type === 'boolean' ? [] : numberChecks(field);
  if (checks.length === 0) return undefined;
  return (value) => {
    for (const check of checks) {
      const rule = check(value as never);
      if (rule !== undefined) return rule;
    }
    return undefined;
  };
}

function numberChecks(field: Field): ((value: number) => string | undefined)[] {
  const checks: ((value: number) => string | undefined)[] = [];
  const add = (holds: (value: number) => boolean, rule: string) =>
    checks.push((value) => (holds(value) ? undefined : rule));
  const { min, max, exclusiveMin, exclusiveMax, multipleOf } = field;
  if (field.type === 'integer') add(Number.isInteger, 'must be an integer');
  if (min !== undefined) add((value) => value >= min, `must be >= ${min}`);
  if (max !== undefined) add((value) => value <= max, `must be <= ${max}`);
  if (exclusiveMin !== undefined) add((value) => value > exclusiveMin, `must be > ${exclusiveMin}`);
  if (exclusiveMax !== undefined) add((value) => value < exclusiveMax, `must be < ${exclusiveMax}`);
  if (multipleOf !== undefined) add((value) => isMultiple(value, multipleOf), `must be a multiple of ${multipleOf}`);
  return checks;
}

function stringChecks(field: Field): ((value: string) => string | undefined)[] {
  const checks: ((value: string) => string | undefined)[] = [];
  const add = (holds: (value: string) => boolean, rule: string) =>
    checks.push((value) => (holds(value) ? undefined : rule));
  const { levels, minLength, maxLength, pattern } = field;
  if (levels !== undefined) {
    const known = new Set(levels);
    add((value) => known.has(value), `must be one of the ${levels.length} declared values`);
  }
  if (minLength !== undefined) add((value) => value.length >= minLength, `must have at least ${minLength} characters`);
  if (maxLength !== undefined) add((value) => value.length <= maxLength, `must have at most ${maxLength} characters`);
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, 'u');
    add((value) => expression.test(value), 'must match the declared pattern');
  }
  return checks;
}

/** Within rounding: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

/** The words for a value of the wrong type. */
export const TYPE_RULES: Readonly<Record<Field['type'], string>> = {
  number: 'must be a number',
  integer: 'must be an integer',
  boolean: 'must be true or false',
  string: 'must be a string',
  datetime: 'must be an ISO 8601 date or date-time',
};
