import type { Json, JsonObject } from '../../core/json.js';

const DEEPEST = 6;

/** A value that a schema takes, for reading: the first of what it may be. `definitions` are what references name. */
export function schemaExample(schema: Json | undefined, definitions: JsonObject, depth = 0): Json {
  if (!isObject(schema) || depth > DEEPEST) return null;
  const { $ref, anyOf, oneOf, items, properties, enum: values } = schema;
  if (typeof $ref === 'string') {
    return schemaExample(definitions[$ref.slice($ref.lastIndexOf('/') + 1)], definitions, depth + 1);
  }
  if ('const' in schema) return schema.const as Json;
  if (Array.isArray(values)) return values[0] ?? null;
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return schemaExample(choices[0], definitions, depth + 1);
  if (isObject(properties)) {
    const members = Object.entries(properties).filter(([name]) => isWanted(name, schema));
    return Object.fromEntries(members.map(([name, each]) => [name, schemaExample(each, definitions, depth + 1)]));
  }
  if (isObject(items)) return [schemaExample(items, definitions, depth + 1)];
  return plain(schema);
}

/** Rows are shown whole; of an object with many optional members, those that it must have. */
function isWanted(name: string, { required, additionalProperties }: JsonObject): boolean {
  return additionalProperties !== false || !Array.isArray(required) || required.includes(name);
}

function plain(schema: JsonObject): Json {
  const { minimum, exclusiveMinimum, format } = schema;
  switch (typeOf(schema)) {
    case 'number':
    case 'integer':
      if (typeof minimum === 'number') return minimum;
      return typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 1;
    case 'boolean':
      return true;
    case 'string':
      return format === 'date-time' ? '2026-01-31T12:00:00Z' : 'text';
    case 'array':
      return [];
    case 'null':
      return null;
    default:
      return {};
  }
}

/** The first type that is not null. */
function typeOf({ type }: JsonObject): Json | undefined {
  return Array.isArray(type) ? (type.find((each) => each !== 'null') ?? 'null') : type;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
