// What a Zod schema says beside its JSON Schema: rules of its own, patterns with flags, and steps that would change a value.

/** What was found in a schema or a property of it. */
export interface ZodTraits {
  /** It checks by functions, which JSON Schema cannot say. */
  readonly hasRefinement: boolean;
  /** It matches a regular expression with flags, which JSON Schema leaves out. */
  readonly hasFlaggedPattern: boolean;
  /** It transforms, coerces, trims or fills in: a value would not be scored as it stands. */
  readonly changesValue: boolean;
}

const CHANGING_TYPES = new Set(['pipe', 'transform', 'default', 'prefault', 'catch']);
const PLAIN_FLAGS = /^[uv]?$/;

/** Searches the definition of a Zod 4 schema. */
export function inspectZod(schema: unknown): ZodTraits {
  const traits = { hasRefinement: false, hasFlaggedPattern: false, changesValue: false };
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof RegExp) {
      traits.hasFlaggedPattern ||= !PLAIN_FLAGS.test(value.flags);
      return;
    }
    const def = definitionOf(value);
    traits.hasRefinement ||= def.check === 'custom';
    traits.changesValue ||= CHANGING_TYPES.has(String(def.type)) || def.coerce === true || def.check === 'overwrite';
    for (const part of Object.values(def)) visit(part);
  };
  visit(schema);
  return traits;
}

/** The properties of a Zod object schema, by name; none for other schemas. */
export function zodProperties(schema: unknown): [string, unknown][] {
  const { shape } = definitionOf(schema as object);
  return typeof shape === 'object' && shape !== null ? Object.entries(shape) : [];
}

function definitionOf(value: object): Record<string, unknown> {
  return (value as { _zod?: { def?: Record<string, unknown> } })._zod?.def ?? (value as Record<string, unknown>);
}
