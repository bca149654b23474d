// Columns centred and scaled with what was learned: the applying half of standard-scale.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { cellNumber } from './cell-number.js';
import { columnNumbers } from './column-numbers.js';
import { jsonFields } from './json-fields.js';

/** A column becomes (value - mean) / scale. */
export interface ScaleColumn {
  readonly name: string;
  readonly mean: number;
  /** Greater than 0. */
  readonly scale: number;
}

/** Makes the fitted step. */
export function fittedStandardScale(columns: readonly ScaleColumn[]): FittedTransformer {
  return {
    kind: 'standardScale',
    inputs: columns.map(({ name }) => name),
    outputs: columns.map(({ name }) => ({ name, kind: 'numeric' })),
    transform(table) {
      const plain = plainTable(table);
      return withColumns(
        plain,
        columns.map(({ name, mean, scale }): [string, Float64Array] => {
          const numbers = columnNumbers(readColumn(plain, name), 'standardScale', name);
          return [name, numbers.map((value) => (value - mean) / scale)];
        }),
      );
    },
    rowStep(slots) {
      const plans = columns.map((column) => ({
        ...column,
        from: slots.read(column.name),
        to: slots.write(column.name),
      }));
      return (cells) => {
        for (const { name, mean, scale, from, to } of plans) {
          cells[to] = (cellNumber(cells[from], 'standardScale', name) - mean) / scale;
        }
      };
    },
    toJSON: () => ({ kind: 'standardScale', columns: columns.map(({ name, mean, scale }) => ({ name, mean, scale })) }),
  };
}

/** @throws BUNDLE_INVALID */
export function readStandardScale(json: JsonObject): FittedTransformer {
  const columns = jsonFields('standardScale', json).columns('columns');
  return fittedStandardScale(
    columns.map((column) => {
      const scale = column.number('scale');
      if (scale <= 0) throw column.invalid('scale', 'greater than 0');
      return { name: column.text('name'), mean: column.number('mean'), scale };
    }),
  );
}
