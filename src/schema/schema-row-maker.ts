// A row in the form that its own schema takes: there, a missing value may be null or left out, and a day has no time.
import type { FeatureSpec } from '../core/feature-spec.js';
import { DEFAULT_MISSING } from './row-reader.js';

/** Returns the maker; properties that are no fields are kept as they are. @param jsonSchema the row's own JSON Schema */
export function schemaRowMaker(
  jsonSchema: Readonly<Record<string, unknown>>,
  spec: FeatureSpec,
): (row: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  const properties = jsonSchema.properties as Readonly<Record<string, unknown>>;
  const required = new Set(Array.isArray(jsonSchema.required) ? jsonSchema.required : []);
  const missing = new Set<unknown>(spec.missing ?? DEFAULT_MISSING);
  const fields = spec.fields.map(({ name }) => {
    const text = JSON.stringify(properties[name]);
    const takesNull = text.includes('"null"');
    return { name, takesNull, mayBeAbsent: !required.has(name), isDay: text.includes('"format":"date"') };
  });
  return (row) => {
    const made: Record<string, unknown> = { ...row };
    for (const { name, takesNull, mayBeAbsent, isDay } of fields) {
      const value = row[name];
      if (value === null || value === undefined || Number.isNaN(value) || missing.has(value)) {
        if (takesNull) made[name] = null;
        else if (mayBeAbsent) delete made[name];
      } else if (value instanceof Date || (isDay && typeof value === 'string')) {
        const iso = value instanceof Date ? value.toISOString() : value;
        made[name] = isDay ? iso.slice(0, 10) : iso;
      }
    }
    return made;
  };
}
