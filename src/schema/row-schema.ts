// The part of Standard Schema and Standard JSON Schema that a row schema must have; Zod 4.2 and later has both.

/** A schema of one row, such as `z.object({ … })`. */
export interface RowSchema<Input = unknown, Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly validate: (value: unknown) => ValidationResult | Promise<ValidationResult>;
    readonly jsonSchema: { readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown> };
  };
}

/** The row type that a schema accepts. */
export type RowInput<S extends RowSchema> = NonNullable<S['~standard']['types']>['input'];

interface ValidationResult {
  readonly issues?: readonly ValidationIssue[] | undefined;
}

export interface ValidationIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
