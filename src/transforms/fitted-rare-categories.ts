// Categories that were rare or never seen, as one: the applying half of rare-categories.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import type { CategoryColumn } from './category-levels.js';
import { cellCode, columnCodes, MISSING } from './category-levels.js';
import { jsonFields } from './json-fields.js';

/** A column of strings with the categories that stay. */
export type KeptCategories = Pick<CategoryColumn, 'name' | 'levels'>;

/** How one column is grouped. */
interface GroupPlan {
  readonly of: CategoryColumn;
  /** The levels, and after them the label, unless it is one of them. */
  readonly values: readonly string[];
  /** Position of the label. */
  readonly other: number;
}

/** Makes the fitted step. Its outputs are categorical features that have no levels yet. */
export function fittedRareCategories(label: string, columns: readonly KeptCategories[]): FittedTransformer {
  const plans = columns.map((column) => groupPlan(label, column));
  return {
    kind: 'rareCategories',
    inputs: columns.map(({ name }) => name),
    outputs: columns.map(({ name }) => ({ name, kind: 'categorical' })),
    transform(table) {
      const plain = plainTable(table);
      return withColumns(
        plain,
        plans.map((plan): [string, DictionaryColumn] => [plan.of.name, group(plan, readColumn(plain, plan.of.name))]),
      );
    },
    rowStep(slots) {
      const rows = plans.map(({ of, values, other }) => {
        const from = slots.read(of.name);
        return { code: cellCode('rareCategories', of), values, other, from, to: slots.write(of.name) };
      });
      return (cells) => {
        for (const { code, values, other, from, to } of rows) {
          const found = code(cells[from]);
          cells[to] = found === MISSING ? null : values[found < 0 ? other : found];
        }
      };
    },
    toJSON: () => ({ kind: 'rareCategories', label, columns: columns.map(({ name, levels }) => ({ name, levels })) }),
  };
}

/** @throws BUNDLE_INVALID */
export function readRareCategories(json: JsonObject): FittedTransformer {
  const fields = jsonFields('rareCategories', json);
  const columns = fields
    .columns('columns')
    .map((column) => ({ name: column.text('name'), levels: column.names('levels') }));
  return fittedRareCategories(fields.text('label'), columns);
}

function groupPlan(label: string, { name, levels }: KeptCategories): GroupPlan {
  const known = levels.indexOf(label);
  return {
    of: { name, type: 'string', levels },
    values: known < 0 ? [...levels, label] : levels,
    other: known < 0 ? levels.length : known,
  };
}

function group({ of, values, other }: GroupPlan, column: Column): DictionaryColumn {
  const codes = columnCodes('rareCategories', of, column);
  return new DictionaryColumn(
    codes.map((code) => (code === MISSING ? -1 : code < 0 ? other : code)),
    values,
  );
}
