// Categories as positions among the levels that were learned: the applying half of ordinal.ts.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, RowSlots, RowStep } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import type { CategoryColumn } from './category-levels.js';
import { cellCode, columnCodes, UNKNOWN } from './category-levels.js';
import { jsonFields } from './json-fields.js';
import { readCategoryColumn } from './read-category-column.js';
import { refusedCell, refusedRows } from './refused-category.js';

export const ORDINAL_OUTPUTS = ['categorical', 'numeric'] as const;
export const ORDINAL_UNKNOWN_POLICIES = ['missing', 'error'] as const;

/** What the step learned, with its policies. */
export interface OrdinalState {
  readonly output: (typeof ORDINAL_OUTPUTS)[number];
  readonly unknown: (typeof ORDINAL_UNKNOWN_POLICIES)[number];
  readonly columns: readonly CategoryColumn[];
}

/** Makes the fitted step. */
export function fittedOrdinal(state: OrdinalState): FittedTransformer {
  const { output, unknown, columns } = state;
  const refuse = unknown === 'error';
  return {
    kind: 'ordinal',
    inputs: columns.map(({ name }) => name),
    outputs: columns.map(
      ({ name, levels }): ModelFeature =>
        output === 'numeric' ? { name, kind: output } : { name, kind: output, levels },
    ),
    transform(table) {
      const plain = plainTable(table);
      return withColumns(
        plain,
        columns.map((of): [string, Float64Array] => [of.name, encodeColumn(of, readColumn(plain, of.name), refuse)]),
      );
    },
    rowStep: (slots) => rowStep(columns, slots, refuse),
    toJSON: () => ({
      kind: 'ordinal',
      output,
      unknown,
      columns: columns.map(({ name, type, levels }) => ({ name, type, levels })),
    }),
  };
}

/** @throws BUNDLE_INVALID */
export function readOrdinal(json: JsonObject): FittedTransformer {
  const fields = jsonFields('ordinal', json);
  return fittedOrdinal({
    output: fields.choice('output', ORDINAL_OUTPUTS),
    unknown: fields.choice('unknown', ORDINAL_UNKNOWN_POLICIES),
    columns: fields.columns('columns').map(readCategoryColumn),
  });
}

function encodeColumn(of: CategoryColumn, column: Column, refuse: boolean): Float64Array {
  const codes = columnCodes('ordinal', of, column);
  if (refuse && codes.includes(UNKNOWN)) throw refusedRows('ordinal', of.name, codes, UNKNOWN);
  return new Float64Array(codes).map((code) => (code < 0 ? Number.NaN : code));
}

function rowStep(columns: readonly CategoryColumn[], slots: RowSlots, refuse: boolean): RowStep {
  const plans = columns.map((of) => ({
    name: of.name,
    code: cellCode('ordinal', of),
    from: slots.read(of.name),
    to: slots.write(of.name),
  }));
  return (cells) => {
    for (const { name, code, from, to } of plans) {
      const found = code(cells[from]);
      if (refuse && found === UNKNOWN) throw refusedCell('ordinal', name, found);
      cells[to] = found < 0 ? Number.NaN : found;
    }
  };
}
