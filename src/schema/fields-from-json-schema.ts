// Reads a row's JSON Schema (draft 2020-12) as fields; what a feature cannot be is refused by name.
import type { Field, FieldType } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';

type Schema = Readonly<Record<string, unknown>>;

/** Fields, and whether they say everything that the JSON Schema says. */
export interface FieldsFromSchema {
  readonly fields: readonly Field[];
  readonly complete: boolean;
}

const UNDERSTOOD = new Set(
  '$schema type enum const anyOf format pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength title description examples deprecated id $id'.split(
    ' ',
  ),
);

/**
 * @throws SCHEMA_INVALID for a schema that is no object of scalars, or has defaults
 */
export function fieldsFromJsonSchema(schema: Schema): FieldsFromSchema {
  if (schema.type !== 'object' || !isSchema(schema.properties)) {
    throw new TabwrightError(
      'SCHEMA_INVALID',
      'defineFeatures: row must be an object schema with at least one property',
    );
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  let complete = schema.additionalProperties === undefined || schema.additionalProperties === true;
  const fields = Object.entries(schema.properties).map(([name, property]) => {
    if (!isSchema(property)) throw refused(name, 'must have a type');
    const { core, nullable } = withoutNull(property);
    if ('default' in property || 'default' in core)
      throw refused(name, 'must not have a default; missing values are imputed');
    const field = toField(name, core, nullable || !required.has(name));
    complete &&= isComplete(core, field);
    return field;
  });
  if (fields.length === 0)
    throw new TabwrightError('SCHEMA_INVALID', 'defineFeatures: row must have at least one property');
  return { fields, complete };
}

/** Takes `T | null` apart, in each of the forms JSON Schema has for it. */
function withoutNull(property: Schema): { core: Schema; nullable: boolean } {
  if (Array.isArray(property.type)) {
    const types = property.type.filter((type) => type !== 'null');
    return {
      core: { ...property, type: types.length === 1 ? types[0] : types },
      nullable: types.length < property.type.length,
    };
  }
  if (!Array.isArray(property.anyOf)) return { core: property, nullable: false };
  const branches = property.anyOf.filter(isSchema);
  const others = branches.filter((branch) => branch.type !== 'null');
  const nullable = others.length < branches.length;
  const [only] = others;
  if (others.length === 1 && only !== undefined) {
    const inner = withoutNull(only);
    return { core: inner.core, nullable: nullable || inner.nullable };
  }
  const constants = others.map((branch) => branch.const);
  if (constants.every((value) => typeof value === 'string'))
    return { core: { type: 'string', enum: constants }, nullable };
  return { core: property, nullable };
}

function toField(name: string, core: Schema, nullable: boolean): Field {
  const type = fieldType(name, core);
  const levels = type === 'string' ? levelsOf(core) : undefined;
  const keep = <K extends keyof Field>(key: K, from: string): Partial<Field> =>
    core[from] === undefined ? {} : { [key]: core[from] };
  const bounds =
    type === 'number' || type === 'integer'
      ? {
          ...(core.minimum === Number.MIN_SAFE_INTEGER ? {} : keep('min', 'minimum')),
          ...(core.maximum === Number.MAX_SAFE_INTEGER ? {} : keep('max', 'maximum')),
          ...keep('exclusiveMin', 'exclusiveMinimum'),
          ...keep('exclusiveMax', 'exclusiveMaximum'),
          ...keep('multipleOf', 'multipleOf'),
        }
      : {};
  const text =
    type === 'string' && levels === undefined
      ? {
          ...keep('minLength', 'minLength'),
          ...keep('maxLength', 'maxLength'),
          ...(isPattern(core.pattern) ? keep('pattern', 'pattern') : {}),
        }
      : {};
  return Object.freeze({ name, type, nullable, ...(levels === undefined ? {} : { levels }), ...bounds, ...text });
}

function fieldType(name: string, core: Schema): FieldType {
  switch (core.type) {
    case 'string':
      return core.format === 'date-time' || core.format === 'date' ? 'datetime' : 'string';
    case 'number':
    case 'integer':
    case 'boolean':
      return core.type;
    default:
      throw refused(name, 'must be a number, integer, boolean, string, enum or ISO date');
  }
}

function levelsOf(core: Schema): readonly string[] | undefined {
  const values = Array.isArray(core.enum) ? core.enum : 'const' in core ? [core.const] : undefined;
  return values === undefined ? undefined : Object.freeze(values.map(String));
}

/** Whether a pattern compiles as fields compile it, with the flag u. */
function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') !== undefined;
  } catch {
    return false;
  }
}

/** Numeric enums, formats without a pattern and keywords outside our list are left to the schema's own validator. */
function isComplete(core: Schema, field: Field): boolean {
  const choices = 'enum' in core || 'const' in core;
  const checksAll =
    field.type !== 'string' || choices || field.pattern !== undefined || !('pattern' in core || 'format' in core);
  return checksAll && Object.keys(core).every((key) => UNDERSTOOD.has(key)) && (!choices || field.levels !== undefined);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(name: string, rule: string): TabwrightError {
  return new TabwrightError('SCHEMA_INVALID', `defineFeatures: property ${name} ${rule}`);
}
