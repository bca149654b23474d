// Steps that make new numbers of one column or two: one function a feature for the table and the row path.
import type { FittedTransformer, RowStep, TransformerJson } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { cellNumber } from './cell-number.js';
import { columnNumbers } from './column-numbers.js';
import { cellInstant, columnInstants } from './date-numbers.js';
import { checkOutputNames } from './output-names.js';
import { checkOutputSize } from './output-size.js';

/** A new column. */
export interface DerivedFeature {
  readonly name: string;
  /** The columns that it is made of; `compute` gets the one twice where there is one. */
  readonly from: readonly [string, ...string[]];
  /** Missing is NaN, in and out. */
  readonly compute: (first: number, second: number) => number;
}

/** What a step derives. */
export interface Derivation {
  readonly json: TransformerJson;
  /** What the columns it reads hold. */
  readonly reads: 'numbers' | 'dates';
  /** Every column it reads, in order. */
  readonly columns: readonly string[];
  /** Whether the columns that it reads stay in the table. */
  readonly keep: boolean;
  readonly features: readonly DerivedFeature[];
}

/** Makes the fitted step. @throws COLUMN_INVALID where two columns would have one name */
export function fittedDerivation({ json, reads, columns, keep, features }: Derivation): FittedTransformer {
  const { kind } = json;
  const names = features.map(({ name }) => name);
  checkOutputNames(kind, columns, names);
  const readNumbers = reads === 'dates' ? columnInstants : columnNumbers;
  return {
    kind,
    inputs: columns,
    ...(keep && { keeps: columns }),
    outputs: names.map((name) => ({ name, kind: 'numeric' })),
    sources: new Map(features.map(({ name, from }) => [name, from])),
    transform(table) {
      const plain = plainTable(table);
      checkOutputSize(kind, names.length, plain.numRows(), () => 'leave columns out');
      const given = new Map(columns.map((name) => [name, readNumbers(readColumn(plain, name), kind, name)]));
      const made = features.map(({ name, from: [first, second = first], compute }): [string, Float64Array] => {
        const others = given.get(second) as Float64Array;
        return [name, (given.get(first) as Float64Array).map((value, row) => compute(value, others[row] as number))];
      });
      return withColumns(plain, made, keep ? [] : columns);
    },
    rowStep(slots) {
      const from = columns.map((name) => ({ name, slot: slots.read(name) }));
      const to = features.map((feature) => ({
        compute: feature.compute,
        first: columns.indexOf(feature.from[0]),
        second: columns.indexOf(feature.from[1] ?? feature.from[0]),
        slot: slots.write(feature.name),
      }));
      return rowStep(kind, reads === 'dates' ? cellInstant : cellNumber, from, to);
    },
    toJSON: () => json,
  };
}

function rowStep(
  kind: string,
  read: typeof cellNumber,
  from: readonly { readonly name: string; readonly slot: number }[],
  to: readonly {
    readonly compute: DerivedFeature['compute'];
    readonly first: number;
    readonly second: number;
    readonly slot: number;
  }[],
): RowStep {
  const values = new Float64Array(from.length);
  return (cells) => {
    for (let i = 0; i < from.length; i++) {
      const { name, slot } = from[i] as (typeof from)[number];
      values[i] = read(cells[slot], kind, name);
    }
    for (const { compute, first, second, slot } of to) {
      cells[slot] = compute(values[first] as number, values[second] as number);
    }
  };
}
