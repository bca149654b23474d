// Rows at the edge: a compiled reader that copies a row's cells into an array and names every rule that the row breaks.
import type { Cell } from '../core/cell.js';
import type { FeatureSpec, Field } from '../core/feature-spec.js';
import { valueKind } from '../core/value-kind.js';
import { fieldCheck, TYPE_RULES } from './field-check.js';
import { parseInstant } from './parse-instant.js';

/** Receives each broken rule: the field's name, the rule, the kind of the value. */
export type RuleListener = (column: string, rule: string, kind: string) => void;

/**
 * Copies the fields of `row` into `cells` in the order of the spec (missing as null, dates as epoch milliseconds) and returns
 * whether every rule holds.
 */
export type RowReader = (row: Readonly<Record<string, unknown>>, cells: Cell[], onBroken?: RuleListener) => boolean;

/** The tokens that mean missing where a schema declares none. */
export const DEFAULT_MISSING: readonly string[] = [''];

const BROKEN = Symbol('broken');
type CellReader = (value: unknown) => Cell | typeof BROKEN;

/** Compiles the reader of a spec. Properties that the spec does not have are ignored. */
export function rowReader(spec: FeatureSpec): RowReader {
  const missing = new Set(spec.missing ?? DEFAULT_MISSING);
  const fields = spec.fields.map((field) => ({
    field,
    name: field.name,
    // Only a few names are there on every object; the others need no check that the property is the row's own.
    isInherited: field.name in Object.prototype,
    read: cellReader(field, missing),
  }));
  return (row, cells, onBroken) => {
    let holds = true;
    for (let i = 0; i < fields.length; i++) {
      const { field, name, isInherited, read } = fields[i] as (typeof fields)[number];
      const value = isInherited && !Object.hasOwn(row, name) ? undefined : row[name];
      const cell = read(value);
      if (cell !== BROKEN) {
        cells[i] = cell;
        continue;
      }
      holds = false;
      cells[i] = null;
      onBroken?.(name, ruleBroken(field, missing, value), valueKind(value));
    }
    return holds;
  };
}

function cellReader(field: Field, missing: ReadonlySet<string>): CellReader {
  const check = fieldCheck(field);
  const absent = field.nullable ? null : BROKEN;
  const checked = (value: number | string) => (check === undefined || check(value) === undefined ? value : BROKEN);
  switch (field.type) {
    case 'number':
    case 'integer':
      return (value) => {
        if (typeof value === 'number')
          return Number.isFinite(value) ? checked(value) : Number.isNaN(value) ? absent : BROKEN;
        return isAbsent(value, missing) ? absent : BROKEN;
      };
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : isAbsent(value, missing) ? absent : BROKEN);
    case 'string':
      return (value) => (isAbsent(value, missing) ? absent : typeof value === 'string' ? checked(value) : BROKEN);
    case 'datetime':
      return (value) => {
        if (isAbsent(value, missing)) return absent;
        const ms = instantOf(value);
        return Number.isNaN(ms) ? BROKEN : checked(ms);
      };
  }
}

function instantOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' ? parseInstant(value) : Number.NaN;
}

function isAbsent(value: unknown, missing: ReadonlySet<string>): boolean {
  return (
    value === null || value === undefined || (typeof value === 'string' && missing.has(value)) || Number.isNaN(value)
  );
}

/** The rule that a value broke, found again in words: only rows that are refused pay for it. */
function ruleBroken(field: Field, missing: ReadonlySet<string>, value: unknown): string {
  if (isAbsent(value, missing)) return 'is required';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'must be finite';
  const typed = field.type === 'datetime' ? instantOf(value) : value;
  const fits = field.type === 'string' ? typeof typed === 'string' : typeof typed === 'number' && !Number.isNaN(typed);
  if (!fits || field.type === 'boolean') return TYPE_RULES[field.type];
  return fieldCheck(field)?.(typed as number | string) ?? TYPE_RULES[field.type];
}
