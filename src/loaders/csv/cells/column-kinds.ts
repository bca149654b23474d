// Which types a column may turn out to have, tried in this order; a string takes every cell.
import type { FieldType } from '../../../core/feature-spec.js';
import { parseDateTime } from '../../date-time-parser.js';
import type { CsvDialect } from '../csv-dialect.js';
import type { CsvText } from '../csv-text.js';
import { booleanParser } from './boolean-parser.js';
import type { CellParser } from './cell-parser.js';
import type { ColumnBuilder } from './column-builder.js';
import type { ColumnType } from './column-type.js';
import { decimalParser } from './decimal-parser.js';
import { stringBuilder } from './string-builder.js';
import { booleanBuilder, dateBuilder, numberBuilder } from './value-builder.js';

/** A type that a column may have. */
export interface ColumnKind {
  readonly type: ColumnType;
  /** Whether the column was declared to have it. */
  readonly declared: boolean;
  /** Reads its cells; for strings of no use. */
  parser(dialect: CsvDialect): CellParser;
  /** Makes an empty column, with room for some rows. */
  builder(text: CsvText, expectedRows: number): ColumnBuilder;
}

const STRINGS: ColumnKind = { type: 'string', declared: true, parser: () => () => Number.NaN, builder: stringBuilder };
const DATES: ColumnKind = {
  type: 'date',
  declared: true,
  parser: () => parseDateTime,
  builder: (text, expectedRows) => dateBuilder(text, parseDateTime, expectedRows),
};
const UNDECLARED: readonly ColumnKind[] = [numbers(false), booleans(false), DATES, STRINGS];
const DECLARED: Readonly<Record<FieldType, readonly ColumnKind[]>> = {
  number: [numbers(true), STRINGS],
  integer: [numbers(true), STRINGS],
  boolean: [booleans(true), STRINGS],
  datetime: [DATES, STRINGS],
  string: [STRINGS],
};

/** The types to try for a column, given the one it was declared to have. */
export function columnKinds(declared: FieldType | undefined): readonly ColumnKind[] {
  return declared === undefined ? UNDECLARED : DECLARED[declared];
}

function numbers(declared: boolean): ColumnKind {
  const parser = ({ decimal }: CsvDialect): CellParser => decimalParser({ decimal, declared });
  const builder: ColumnKind['builder'] = (text, expectedRows) =>
    numberBuilder(text, parser(text.dialect), expectedRows);
  return { type: 'number', declared, parser, builder };
}

function booleans(declared: boolean): ColumnKind {
  const parse = booleanParser(declared);
  const builder: ColumnKind['builder'] = (text, expectedRows) => booleanBuilder(text, parse, expectedRows);
  return { type: 'boolean', declared, parser: () => parse, builder };
}
