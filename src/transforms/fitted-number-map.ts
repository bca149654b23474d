// Steps that make one number of another, column by column: one function for the table and the row path of each column.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { FittedTransformer, RowStep, TransformerJson } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { cellNumber } from './cell-number.js';
import { columnNumbers } from './column-numbers.js';
import type { NumberDomain } from './number-domain.js';
import { checkDomain } from './number-domain.js';

/** A column and what becomes of its numbers. */
export interface MappedColumn {
  readonly name: string;
  /** Never called for a missing value, which stays missing. */
  readonly map: (value: number) => number;
  /** The numbers that the map takes; all where absent. */
  readonly domain?: NumberDomain | undefined;
  /** What the output is to a model; numeric where absent. */
  readonly feature?: ModelFeature | undefined;
}

/** Makes a fitted step that replaces numbers and booleans by numbers. Its `transform` throws VALUE_INVALID outside the domain. */
export function fittedNumberMap(json: TransformerJson, columns: readonly MappedColumn[]): FittedTransformer {
  const { kind } = json;
  return {
    kind,
    inputs: columns.map(({ name }) => name),
    outputs: columns.map(({ name, feature }) => feature ?? { name, kind: 'numeric' }),
    transform(table) {
      const plain = plainTable(table);
      return withColumns(
        plain,
        columns.map((column): [string, Float64Array] => {
          return [
            column.name,
            mapNumbers(kind, column, columnNumbers(readColumn(plain, column.name), kind, column.name)),
          ];
        }),
      );
    },
    rowStep(slots) {
      const plans = columns.map((column) => ({
        ...column,
        from: slots.read(column.name),
        to: slots.write(column.name),
      }));
      return rowStep(kind, plans);
    },
    toJSON: () => json,
  };
}

function mapNumbers(kind: string, { name, map, domain }: MappedColumn, numbers: Float64Array): Float64Array {
  if (domain !== undefined) checkDomain(kind, name, domain, numbers);
  return numbers.map((value) => (Number.isNaN(value) ? value : map(value)));
}

function rowStep(kind: string, plans: readonly (MappedColumn & { from: number; to: number })[]): RowStep {
  return (cells) => {
    for (const { name, map, domain, from, to } of plans) {
      const value = cellNumber(cells[from], kind, name);
      if (domain !== undefined && !Number.isNaN(value) && !domain.accepts(value)) {
        checkDomain(kind, name, domain, Float64Array.of(value));
      }
      cells[to] = Number.isNaN(value) ? value : map(value);
    }
  };
}
