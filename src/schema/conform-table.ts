// Checks a table against a schema, every column and row at once, and returns the feature columns in their declared types.
import type { ColumnTable } from 'arquero';
import type { FeatureSchema, Field } from '../core/feature-spec.js';
import { valueKind } from '../core/value-kind.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { fieldCheck, TYPE_RULES } from './field-check.js';
import { parseInstant } from './parse-instant.js';
import { ProblemCollector } from './problem-collector.js';
import { rowMaker } from './row-maker.js';
import { DEFAULT_MISSING } from './row-reader.js';

/**
 * The table's feature columns in the schema's order and types: numbers as Float64Array, booleans, dictionary strings, dates.
 * Cells 0 and 1 count as booleans in a boolean column, ISO strings as dates, and strings as numbers where all of a numeric
 * column's strings are numbers; nothing else is converted.
 * @param what first words of the message: "adult.csv"
 * @throws VALIDATION_FAILED with every broken rule by column, with count and first rows
 */
export function conformTable(table: ColumnTable, schema: FeatureSchema, what: string): ColumnTable {
  const { spec } = schema;
  const plain = plainTable(table);
  const problems = new ProblemCollector();
  const missing = new Set(spec.missing ?? DEFAULT_MISSING);
  const names = new Set(plain.columnNames());
  const columns: [string, Column][] = [];
  for (const field of spec.fields) {
    if (!names.has(field.name)) {
      problems.add(field.name, 'is not a column of the table', 'undefined', 0, plain.numRows());
      continue;
    }
    const column = typed(readColumn(plain, field.name), field, missing, problems);
    if (column === undefined) continue;
    if (column instanceof DictionaryColumn) checkStrings(column, field, problems);
    else checkNumbers(column, field, problems);
    columns.push([field.name, column]);
  }
  problems.throwIfAny(what);
  const conformed = withColumns(plain, columns, plain.columnNames());
  checkRefinements(conformed, schema, problems);
  problems.throwIfAny(what);
  return conformed;
}

/** The rules that only the schema's own validator knows, row by row. */
function checkRefinements(table: ColumnTable, { spec, refine }: FeatureSchema, problems: ProblemCollector): void {
  if (refine === undefined) return;
  const rowAt = rowMaker(table, spec);
  for (let position = 0; position < table.numRows(); position++) {
    const row = rowAt(position);
    for (const { column, rule } of refine(row)) problems.add(column, rule, valueKind(row[column]), position);
  }
}

/** The column in the field's type; undefined where cells are of another, which are reported. */
function typed(
  column: Column,
  field: Field,
  missing: ReadonlySet<string>,
  problems: ProblemCollector,
): Column | undefined {
  const wanted = column instanceof DictionaryColumn ? withoutTokens(column, missing) : column;
  if (isOfType(wanted, field)) return wanted;
  if (field.type === 'boolean' && wanted instanceof Float64Array) return booleans(wanted, field, problems);
  if (field.type === 'datetime' && wanted instanceof DictionaryColumn) return instants(wanted, field, problems);
  return refuse(wanted, field, problems);
}

function isOfType(column: Column, field: Field): boolean {
  switch (field.type) {
    case 'string':
      return column instanceof DictionaryColumn;
    case 'boolean':
      return column instanceof BooleanColumn;
    case 'datetime':
      return column instanceof DateColumn;
    default:
      return column instanceof Float64Array;
  }
}

function withoutTokens(column: DictionaryColumn, missing: ReadonlySet<string>): DictionaryColumn {
  if (!column.values.some((value) => missing.has(value))) return column;
  const codes = column.codes.map((code) => (missing.has(column.values[code] ?? '') ? -1 : code));
  return new DictionaryColumn(codes, column.values);
}

function booleans(column: Float64Array, field: Field, problems: ProblemCollector): BooleanColumn {
  const codes = new Int8Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number;
    codes[row] = Number.isNaN(value) ? -1 : value;
    if (value === 0 || value === 1 || Number.isNaN(value)) continue;
    problems.add(field.name, TYPE_RULES.boolean, 'number', row);
  }
  return new BooleanColumn(codes);
}

function instants(column: DictionaryColumn, field: Field, problems: ProblemCollector): DateColumn {
  const parsed = column.values.map(parseInstant);
  const epochMs = Float64Array.from(column.codes, (code) => parsed[code] ?? Number.NaN);
  for (let row = 0; row < epochMs.length; row++) {
    if (Number.isNaN(epochMs[row]) && column.codes[row] !== -1)
      problems.add(field.name, TYPE_RULES.datetime, 'string', row);
  }
  return new DateColumn(epochMs);
}

/**
 * Reports the cells that are of another type. Where a few cells that are no numbers made strings of a whole CSV column, those
 * few are reported. A column with no cell at all fits any field.
 */
function refuse(column: Column, field: Field, problems: ProblemCollector): Column | undefined {
  const kind = kindOf(column);
  const culprits = isNumeric(field) && column instanceof DictionaryColumn ? wordsOf(column) : new Set();
  if (culprits.size === 0 && isNumeric(field) && column instanceof DictionaryColumn) return numbersOf(column);
  let isEmpty = true;
  for (let row = 0; row < column.length; row++) {
    const cell = column.at(row);
    if (cell === null || Number.isNaN(cell)) continue;
    if (culprits.size > 0 && !culprits.has(cell)) continue;
    isEmpty = false;
    problems.add(field.name, TYPE_RULES[field.type], kind, row);
  }
  return isEmpty ? emptyColumn(field, column.length) : undefined;
}

function isNumeric(field: Field): boolean {
  return field.type === 'number' || field.type === 'integer';
}

/** The strings of a column that do not read as numbers. */
function wordsOf(column: DictionaryColumn): Set<unknown> {
  const used = new Set(column.codes);
  return new Set(
    column.values.filter((value, code) => used.has(code) && (value.trim() === '' || Number.isNaN(Number(value)))),
  );
}

/** A column that a token of missing values made strings, as the numbers it holds. */
function numbersOf(column: DictionaryColumn): Float64Array {
  const numbers = column.values.map(Number);
  return Float64Array.from(column.codes, (code) => numbers[code] ?? Number.NaN);
}

function emptyColumn(field: Field, nRows: number): Column {
  switch (field.type) {
    case 'string':
      return new DictionaryColumn(new Int32Array(nRows).fill(-1), []);
    case 'boolean':
      return new BooleanColumn(new Int8Array(nRows).fill(-1));
    case 'datetime':
      return new DateColumn(new Float64Array(nRows).fill(Number.NaN));
    default:
      return new Float64Array(nRows).fill(Number.NaN);
  }
}

function kindOf(column: Column): string {
  if (column instanceof DictionaryColumn) return 'string';
  if (column instanceof BooleanColumn) return 'boolean';
  return column instanceof DateColumn ? 'date' : 'number';
}

function checkNumbers(column: Exclude<Column, DictionaryColumn>, field: Field, problems: ProblemCollector): void {
  const check = fieldCheck(field);
  const codes = column instanceof DateColumn ? column.epochMs : column instanceof BooleanColumn ? column.codes : column;
  const missingCode = column instanceof BooleanColumn ? -1 : Number.NaN;
  for (let row = 0; row < codes.length; row++) {
    const value = codes[row] as number;
    if (Object.is(value, missingCode)) {
      if (!field.nullable) problems.add(field.name, 'is required', 'null', row);
    } else if (!Number.isFinite(value)) {
      problems.add(field.name, 'must be finite', 'Infinity', row);
    } else {
      const rule = check?.(value);
      if (rule !== undefined) problems.add(field.name, rule, 'number', row);
    }
  }
}

/** Checks each distinct string once. */
function checkStrings(column: DictionaryColumn, field: Field, problems: ProblemCollector): void {
  const check = fieldCheck(field);
  const broken = check === undefined ? [] : column.values.map(check);
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row] as number;
    const rule = code !== -1 ? broken[code] : field.nullable ? undefined : 'is required';
    if (rule !== undefined) problems.add(field.name, rule, code === -1 ? 'null' : 'string', row);
  }
}
