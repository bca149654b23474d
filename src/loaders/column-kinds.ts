// Which types a column may turn out to have, tried in this order; a string takes every cell.
import type { FieldType } from '../core/feature-spec.js';
import { booleanParser } from './boolean-parser.js';
import type { ColumnBuilder } from './column-builder.js';
import type { CsvText } from './csv-text.js';
import { parseDateTime } from './date-time-parser.js';
import { decimalParser } from './decimal-parser.js';
import { stringBuilder } from './string-builder.js';
import { booleanBuilder, dateBuilder, numberBuilder } from './value-builder.js';

/** Makes an empty column of one type, with room for some rows. */
export type ColumnKind = (text: CsvText, expectedRows: number) => ColumnBuilder;

const UNDECLARED: readonly ColumnKind[] = [numbers(false), booleans(false), dates, stringBuilder];
const DECLARED: Readonly<Record<FieldType, readonly ColumnKind[]>> = {
  number: [numbers(true), stringBuilder],
  integer: [numbers(true), stringBuilder],
  boolean: [booleans(true), stringBuilder],
  datetime: [dates, stringBuilder],
  string: [stringBuilder],
};

/** The types to try for a column, given the one it was declared to have. */
export function columnKinds(declared: FieldType | undefined): readonly ColumnKind[] {
  return declared === undefined ? UNDECLARED : DECLARED[declared];
}

function numbers(declared: boolean): ColumnKind {
  return (text, expectedRows) =>
    numberBuilder(text, decimalParser({ decimal: text.dialect.decimal, declared }), expectedRows);
}

function booleans(declared: boolean): ColumnKind {
  const parse = booleanParser(declared);
  return (text, expectedRows) => booleanBuilder(text, parse, expectedRows);
}

function dates(text: CsvText, expectedRows: number): ColumnBuilder {
  return dateBuilder(text, parseDateTime, expectedRows);
}
