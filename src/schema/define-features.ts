// One schema for everything: the row type, the columns that training reads, request checks, OpenAPI and the model's signature.
import type { Label } from '../core/cell.js';
import type { FeatureSchema, FeatureSpec, Field, Target, Task } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { fieldsFromJsonSchema } from './fields-from-json-schema.js';
import { inspectZod, zodProperties } from './inspect-zod.js';
import type { RowInput, RowSchema, ValidationIssue } from './row-schema.js';
import { schemaRowMaker } from './schema-row-maker.js';

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
  refuseChanges(definition.row);
  const jsonSchema = toJsonSchema(definition.row);
  const { fields: declared, complete } = fieldsFromJsonSchema(jsonSchema);
  const flagged = flaggedProperties(definition.row);
  const fields = declared.map((field) => (flagged.has(field.name) ? withoutPattern(field) : field));
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
  const own =
    definition.row['~standard'].vendor !== 'zod' || inspectZod(definition.row).hasRefinement || flagged.size > 0;
  if (complete && !own) return { spec, refine: undefined };
  const toSchemaRow = schemaRowMaker(jsonSchema, spec);
  return { spec, refine: (row: unknown) => brokenRules(definition.row, toSchemaRow(row as Record<string, unknown>)) };
}

/** A row is scored as it stands, so a schema that would change it first is refused. */
function refuseChanges(schema: RowSchema): void {
  const changing = zodProperties(schema).find(([, property]) => inspectZod(property).changesValue)?.[0];
  if (changing === undefined && !inspectZod(schema).changesValue) return;
  const what = changing === undefined ? 'the row' : `property ${changing}`;
  throw new TabwrightError(
    'SCHEMA_INVALID',
    `defineFeatures: ${what} must not have a default, transform or coercion; rows are scored as they stand`,
  );
}

/** Properties whose pattern has flags that a field cannot carry. */
function flaggedProperties(schema: RowSchema): Set<string> {
  const flagged = zodProperties(schema).filter(([, property]) => inspectZod(property).hasFlaggedPattern);
  return new Set(flagged.map(([name]) => name));
}

function withoutPattern({ pattern: _, ...field }: Field): Field {
  return Object.freeze(field);
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
