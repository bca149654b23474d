// The JSON Schema of an options table, for HTTP bodies and docs.
import type { JsonObject } from './json.js';
import type { Bounds, OptionSpec, OptionsTable } from './options-table.js';

/** A closed object schema (draft 2020-12): one property an option, canonical spellings only. */
export function optionsJsonSchema(table: OptionsTable): JsonObject {
  const properties = Object.fromEntries(Object.entries(table.specs).map(([name, spec]) => [name, property(spec)]));
  return { type: 'object', additionalProperties: false, properties };
}

function property(spec: OptionSpec): JsonObject {
  const annotations = {
    description: spec.doc,
    ...(spec.default === undefined ? {} : { default: spec.default }),
  };
  switch (spec.type) {
    case 'choice':
      return { type: 'string', enum: spec.choices, ...annotations };
    case 'list':
      return { type: 'array', items: { type: 'string' }, ...annotations };
    case 'numbers':
      return { type: 'object', additionalProperties: { type: 'number', ...bounds(spec) }, ...annotations };
    case 'number':
    case 'integer':
      return { type: spec.type, ...bounds(spec), ...annotations };
    default:
      return { type: spec.type, ...annotations };
  }
}

function bounds(of: Bounds): JsonObject {
  return {
    ...(of.min === undefined ? {} : { minimum: of.min }),
    ...(of.max === undefined ? {} : { maximum: of.max }),
    ...(of.exclusiveMin === undefined ? {} : { exclusiveMinimum: of.exclusiveMin }),
    ...(of.exclusiveMax === undefined ? {} : { exclusiveMaximum: of.exclusiveMax }),
  };
}
