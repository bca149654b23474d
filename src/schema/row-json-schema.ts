// A feature spec as the JSON Schema of one row (draft 2020-12), for OpenAPI and clients.
import type { FeatureSpec, Field } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';

/** An object schema: nullable fields may be null or absent, other properties are ignored. */
export function rowJsonSchema(spec: FeatureSpec): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(spec.fields.map((field) => [field.name, property(field)])),
    required: spec.fields.filter((field) => !field.nullable).map((field) => field.name),
  };
}

function property(field: Field): JsonObject {
  const type = field.type === 'datetime' ? 'string' : field.type;
  return {
    type: field.nullable ? [type, 'null'] : type,
    ...(field.type === 'datetime' ? { format: 'date-time' } : {}),
    ...(field.levels === undefined ? {} : { enum: field.nullable ? [...field.levels, null] : field.levels }),
    ...keyword('minimum', field.min),
    ...keyword('maximum', field.max),
    ...keyword('exclusiveMinimum', field.exclusiveMin),
    ...keyword('exclusiveMaximum', field.exclusiveMax),
    ...keyword('multipleOf', field.multipleOf),
    ...keyword('minLength', field.minLength),
    ...keyword('maxLength', field.maxLength),
    ...keyword('pattern', field.pattern),
  };
}

function keyword(name: string, value: number | string | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
