// Whether cells are missing, as 0 and 1: the applying half of missing-indicator.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { jsonFields } from './json-fields.js';
import { checkOutputNames } from './output-names.js';

/** Makes the fitted step. @throws COLUMN_INVALID where two columns would have one name */
export function fittedMissingIndicator(columns: readonly string[]): FittedTransformer {
  const outputs = columns.map((column) => `${column} is missing`);
  checkOutputNames('missingIndicator', columns, outputs);
  return {
    kind: 'missingIndicator',
    inputs: columns,
    keeps: columns,
    outputs: outputs.map((name) => ({ name, kind: 'numeric' })),
    sources: new Map(columns.map((column, i) => [outputs[i] as string, [column]])),
    transform(table) {
      const plain = plainTable(table);
      const made = columns.map((column, i): [string, Float64Array] => {
        return [outputs[i] as string, missingCells(readColumn(plain, column))];
      });
      return withColumns(plain, made);
    },
    rowStep(slots) {
      const plans = columns.map((column, i) => {
        return { from: slots.read(column), to: slots.write(outputs[i] as string) };
      });
      return (cells) => {
        for (const { from, to } of plans) {
          const cell = cells[from];
          cells[to] = cell === null || cell === undefined || Number.isNaN(cell) ? 1 : 0;
        }
      };
    },
    toJSON: () => ({ kind: 'missingIndicator', columns }),
  };
}

/** @throws BUNDLE_INVALID */
export function readMissingIndicator(json: JsonObject): FittedTransformer {
  return fittedMissingIndicator(jsonFields('missingIndicator', json).names('columns'));
}

/** Float64Array [nRows]: 1 where a cell is missing, else 0. */
export function missingCells(column: Column): Float64Array {
  if (column instanceof DictionaryColumn || column instanceof BooleanColumn) {
    return Float64Array.from(column.codes, (code) => (code < 0 ? 1 : 0));
  }
  const numbers = column instanceof DateColumn ? column.epochMs : column;
  return numbers.map((value) => (Number.isNaN(value) ? 1 : 0));
}
