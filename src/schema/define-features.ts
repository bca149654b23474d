// One schema for everything: the row type, the columns that training reads, request checks, OpenAPI and the model's signature.
import type { Label } from '../core/cell.js';
import type { FeatureSchema, FeatureSpec, Target, Task } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { fieldsFromJsonSchema } from './fields-from-json-schema.js';
import type { RowInput, RowSchema, ValidationIssue } from './row-schema.js';

/** What to predict from a row. */
export interface TargetDefinition {
  /** Column of the training data; no property of the row. */
  readonly column: string;
  readonly task: Task;
  /** The label whose probability is the score of a binary task; the larger one in sort order where absent. */
  readonly positive?: Label;
}

/** What {@link defineFeatures} takes. */
export interface FeaturesDefinition<S extends RowSchema> {
  /**
   * An object schema of one row, in Zod or another Standard Schema that gives JSON Schema: numbers, integers, booleans,
   * strings, enums, ISO dates, each nullable or optional. Defaults, transforms and nested objects are refused: a row is
   * scored as it stands.
   */
  readonly row: S;
  readonly target?: TargetDefinition;
  /** Strings that mean missing; `[""]` where absent. */
  readonly missing?: readonly string[];
}

/**
 * Declares the features of a model.
 * @throws SCHEMA_INVALID naming the property that features cannot have
 * @example
 * const prospect = defineFeatures({
 *   row: z.object({ age: z.int().min(16).nullable(), plan: z.enum(['free', 'pro']) }),
 *   target: { column: 'converted', task: 'binary', positive: 1 },
 * });
 */
export function defineFeatures<S extends RowSchema>(definition: FeaturesDefinition<S>): FeatureSchema<RowInput<S>> {
  const standard = definition.row['~standard'];
  if (standard?.jsonSchema === undefined) {
    throw new TabwrightError(
      'SCHEMA_INVALID',
      'defineFeatures: row must be a Standard Schema with JSON Schema (Zod 4.2 or later)',
    );
  }
  const { fields, complete } = fieldsFromJsonSchema(toJsonSchema(definition.row));
  const target = definition.target;
  if (target !== undefined && fields.some((field) => field.name === target.column)) {
    throw new TabwrightError(
      'SCHEMA_INVALID',
      `defineFeatures: the target ${target.column} must not be a property of the row`,
    );
  }
  const spec: FeatureSpec = Object.freeze({
    fields,
    ...(target === undefined ? {} : { target: target as Target }),
    ...(definition.missing === undefined ? {} : { missing: definition.missing }),
  });
  const refine =
    complete && !hasOwnRules(definition.row) ? undefined : (row: unknown) => brokenRules(definition.row, row);
  return { spec, refine };
}

function toJsonSchema(row: RowSchema): Record<string, unknown> {
  try {
    return row['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown reason';
    throw new TabwrightError(
      'SCHEMA_INVALID',
      `defineFeatures: a property of the row cannot be a feature (${reason}); for dates use z.iso.datetime() or z.iso.date()`,
      { cause },
    );
  }
}

/** Whether a schema may check more than its JSON Schema says: Zod refinements do, and other vendors are not looked into. */
function hasOwnRules(schema: RowSchema): boolean {
  if (schema['~standard'].vendor !== 'zod') return true;
  const seen = new Set<unknown>();
  const search = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return false;
    seen.add(value);
    const def = (value as { _zod?: { def?: Record<string, unknown> } })._zod?.def ?? (value as Record<string, unknown>);
    return def.check === 'custom' || Object.values(def).some(search);
  };
  return search(schema);
}

function brokenRules(schema: RowSchema, row: unknown): { column: string; rule: string }[] {
  const result = schema['~standard'].validate(row);
  if (result instanceof Promise) {
    throw new TabwrightError('SCHEMA_INVALID', 'defineFeatures: the row schema must not be asynchronous');
  }
  return (result.issues ?? []).map((issue) => ({ column: columnOf(issue), rule: issue.message }));
}

function columnOf(issue: ValidationIssue): string {
  const first = issue.path?.[0];
  return first === undefined ? '' : String(typeof first === 'object' ? first.key : first);
}
