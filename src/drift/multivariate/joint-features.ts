// Rows of two tables under each other as features of a model: numbers as they are, categories as positions of their names.
import type { ColumnTable } from 'arquero';
import type { FeatureMatrix, ModelFeature } from '../../core/feature-matrix.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { readColumn } from '../../table/read-column.js';
import { takeCells } from '../../table/take-cells.js';
import type { ColumnReference, DriftReference } from '../reference/drift-reference.js';

/** A table with the positions of the rows to take. */
export interface TablePart {
  readonly table: ColumnTable;
  readonly rows: Uint32Array;
}

/**
 * The reference's columns of both parts, all but instants, which tell any two tables apart; the first part's rows come first.
 * @throws COLUMN_MISSING, COLUMN_INVALID where a column is not of the reference's type in both
 */
export function jointFeatures({ columns }: DriftReference, parts: readonly TablePart[]): FeatureMatrix {
  const used = columns.filter(({ kind }) => kind !== 'datetime');
  const encoded = used.map((column) =>
    encode(
      column,
      parts.map(({ table, rows }) => takeCells(readColumn(table, column.name), rows)),
    ),
  );
  return {
    nRows: parts.reduce((sum, { rows }) => sum + rows.length, 0),
    features: encoded.map(({ feature }) => feature),
    columns: encoded.map(({ values }) => values),
  };
}

function encode(
  { name, kind }: ColumnReference,
  columns: readonly Column[],
): { feature: ModelFeature; values: Float64Array } {
  if (kind === 'numeric') {
    const parts = columns.map((column) => (column instanceof Float64Array ? column : refuse(name)));
    return { feature: { name, kind }, values: joined(parts) };
  }
  if (columns.every((column) => column instanceof BooleanColumn)) {
    const flags = columns.map(({ codes }) => Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code)));
    return { feature: { name, kind: 'numeric' }, values: joined(flags) };
  }
  const levels = new Map<string, number>();
  const parts = columns.map((column) =>
    column instanceof DictionaryColumn ? positions(column, levels) : refuse(name),
  );
  return { feature: { name, kind: 'categorical', levels: [...levels.keys()] }, values: joined(parts) };
}

function positions({ codes, values }: DictionaryColumn, levels: Map<string, number>): Float64Array {
  return Float64Array.from(codes, (code) => {
    if (code < 0) return Number.NaN;
    const value = values[code] as string;
    const position = levels.get(value) ?? levels.size;
    levels.set(value, position);
    return position;
  });
}

function refuse(name: string): never {
  throw new TabwrightError('COLUMN_INVALID', `column ${name} must be of the reference's type`);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
