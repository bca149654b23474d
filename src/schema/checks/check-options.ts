// What checks are declared with: one options table for the rules of a column, and the types around it.
import type { RowData } from '../../core/cell.js';
import type { OptionsInput, OptionsOf } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import type { Column } from '../../table/column.js';

/** Whether a broken rule refuses the data or is only told. */
export type Severity = 'error' | 'warn';

/** The rules of a column, beside `levels` and `quantiles`. Missing cells break `nullable` and `maxMissing` only. */
export const columnCheckOptions = optionsTable('column check', {
  type: {
    type: 'choice',
    choices: ['number', 'integer', 'boolean', 'string', 'datetime'],
    default: undefined,
    doc: 'Type of the present cells; numbers must be finite.',
  },
  optional: { type: 'boolean', default: false, doc: 'Whether the column may be absent from the table.' },
  nullable: { type: 'boolean', default: true, doc: 'Whether cells may be missing.' },
  maxMissing: { type: 'number', min: 0, max: 1, default: undefined, doc: 'Largest share of missing cells.' },
  min: { type: 'number', default: undefined, doc: 'Numbers must be at least this.' },
  max: { type: 'number', default: undefined, doc: 'Numbers must be at most this.' },
  exclusiveMin: { type: 'number', default: undefined, doc: 'Numbers must be above this.' },
  exclusiveMax: { type: 'number', default: undefined, doc: 'Numbers must be below this.' },
  earliest: { type: 'string', default: undefined, doc: 'Dates must be at or after this ISO 8601 date or date-time.' },
  latest: { type: 'string', default: undefined, doc: 'Dates must be at or before this ISO 8601 date or date-time.' },
  pattern: { type: 'string', default: undefined, doc: 'Regular expression (flag u) that strings must match.' },
  minLength: {
    type: 'integer',
    min: 0,
    default: undefined,
    doc: 'Least characters of a string, in UTF-16 code units.',
  },
  maxLength: { type: 'integer', min: 0, default: undefined, doc: 'Most characters of a string, in UTF-16 code units.' },
  unique: {
    type: 'boolean',
    default: false,
    doc: 'Whether no value may be there twice; the first row of a value is the right one.',
  },
  mean: { type: 'numbers', default: undefined, doc: 'Bounds of the mean: `{ min, max }`.' },
  sd: { type: 'numbers', default: undefined, doc: 'Bounds of the sample standard deviation: `{ min, max }`.' },
  newestDays: {
    type: 'number',
    min: 0,
    default: undefined,
    doc: 'The newest date must be at most this many days before now.',
  },
  severity: {
    type: 'choice',
    choices: ['error', 'warn'],
    default: 'error',
    doc: 'Whether breaking the rules is an error or a warning.',
  },
});

/** Inclusive bounds; one or both. */
export interface Bounded {
  readonly min?: number;
  readonly max?: number;
}

/** The rules of a column as a user writes them. */
export interface ColumnCheck extends OptionsInput<typeof columnCheckOptions> {
  /** The only values present cells may have. */
  readonly levels?: readonly (string | number | boolean)[] | undefined;
  /** Bounds of quantiles (linear interpolation) by their share: `{ '0.5': { min: 10 }, '0.99': { max: 500 } }`. */
  readonly quantiles?: Readonly<Record<string, Bounded>> | undefined;
}

/** The rules of a column, complete. */
export interface ColumnRules extends OptionsOf<typeof columnCheckOptions> {
  readonly levels: readonly (string | number | boolean)[] | undefined;
  readonly quantiles: readonly (readonly [share: number, bounds: Bounded])[];
}

/** A rule over several columns, row by row or over whole columns. Absent columns break it before it is asked. */
export interface CheckRule {
  readonly columns: readonly string[];
  readonly severity?: Severity | undefined;
  /** Whether the rule holds for a row, which has the named columns; missing is null. */
  readonly row?: ((row: RowData) => boolean) | undefined;
  /** Whether the rule holds: for the table, or [nRows] row by row. Missing is as the columns hold it. */
  readonly table?: ((columns: Readonly<Record<string, Column>>) => boolean | ArrayLike<boolean | number>) | undefined;
}

/** What {@link checks} takes. */
export interface ChecksDefinition {
  /** Rules by column; a list where some are errors and others warnings. */
  readonly columns?: Readonly<Record<string, ColumnCheck | readonly ColumnCheck[]>> | undefined;
  /** Rules over several columns, by name; the name is the rule's words in reports: "ends after it starts". */
  readonly rules?: Readonly<Record<string, CheckRule>> | undefined;
  /** Columns that together must not be there twice; rows with a missing cell in one of them are not compared. */
  readonly unique?:
    | readonly { readonly columns: readonly string[]; readonly severity?: Severity | undefined }[]
    | undefined;
  /** Bounds of the number of rows. */
  readonly rows?: (Bounded & { readonly severity?: Severity | undefined }) | undefined;
}
