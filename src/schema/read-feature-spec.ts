// Reads a spec back from the JSON stored with a model, which is untrusted: unknown members are dropped, wrong ones refused.
import type { Label } from '../core/cell.js';
import type { FeatureSpec, Field, FieldType, Target, Task } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';

const TYPES: readonly FieldType[] = ['number', 'integer', 'boolean', 'string', 'datetime'];
const TASKS: readonly Task[] = ['binary', 'multiclass', 'regression'];
const NUMBERS = ['min', 'max', 'exclusiveMin', 'exclusiveMax', 'multipleOf', 'minLength', 'maxLength'] as const;

/** @throws BUNDLE_INVALID naming the member that is wrong */
export function readFeatureSpec(json: unknown): FeatureSpec {
  const source = object(json, 'schema');
  if (!Array.isArray(source.fields) || source.fields.length === 0) throw refused('fields must be a list');
  const fields = source.fields.map(readField);
  if (new Set(fields.map((field) => field.name)).size < fields.length) throw refused('field names must differ');
  return {
    fields,
    ...(source.target === undefined ? {} : { target: readTarget(source.target) }),
    ...(source.missing === undefined ? {} : { missing: strings(source.missing, 'missing') }),
  };
}

function readField(json: unknown, position: number): Field {
  const source = object(json, `fields[${position}]`);
  const { name, type, nullable, levels, pattern } = source;
  const where = `fields[${position}]`;
  if (typeof name !== 'string' || name === '') throw refused(`${where}.name must be a string`);
  if (!TYPES.includes(type as FieldType)) throw refused(`${where}.type must be one of ${TYPES.join(', ')}`);
  if (typeof nullable !== 'boolean') throw refused(`${where}.nullable must be a boolean`);
  if (pattern !== undefined && !isPattern(pattern)) throw refused(`${where}.pattern must be a regular expression`);
  const numbers = NUMBERS.filter((key) => source[key] !== undefined).map((key) => {
    if (!Number.isFinite(source[key])) throw refused(`${where}.${key} must be a number`);
    return [key, source[key]];
  });
  return {
    name,
    type: type as FieldType,
    nullable,
    ...(levels === undefined ? {} : { levels: strings(levels, `${where}.levels`) }),
    ...Object.fromEntries(numbers),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function readTarget(json: unknown): Target {
  const { column, task, positive, classes } = object(json, 'target');
  if (typeof column !== 'string') throw refused('target.column must be a string');
  if (!TASKS.includes(task as Task)) throw refused(`target.task must be one of ${TASKS.join(', ')}`);
  if (positive !== undefined && !isLabel(positive)) throw refused('target.positive must be a label');
  if (classes !== undefined && !(Array.isArray(classes) && classes.length >= 2 && classes.every(isLabel))) {
    throw refused('target.classes must be at least two labels');
  }
  return {
    column,
    task: task as Task,
    ...(positive === undefined ? {} : { positive }),
    ...(classes === undefined ? {} : { classes }),
  };
}

function isLabel(value: unknown): value is Label {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isPattern(value: unknown): value is string {
  try {
    new RegExp(value as string, 'u');
    return typeof value === 'string';
  } catch {
    return false;
  }
}

function strings(value: unknown, where: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw refused(`${where} must be a list of strings`);
}

function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw refused(`${where} must be an object`);
}

function refused(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `schema.json: ${rule}`);
}
