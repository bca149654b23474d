// Columns taken out of a table: the applying half of keep-columns.ts and drop-columns.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, TransformerReader } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { jsonFields } from './json-fields.js';

/** Makes the fitted step: `keep` must be there and stay, `drop` must be there and go. */
export function fittedDropColumns(
  kind: 'keepColumns' | 'dropColumns',
  keep: readonly string[],
  drop: readonly string[],
): FittedTransformer {
  return {
    kind,
    inputs: [...keep, ...drop],
    keeps: keep,
    outputs: [],
    transform(table) {
      const plain = plainTable(table);
      for (const name of [...keep, ...drop]) readColumn(plain, name);
      return withColumns(plain, [], drop);
    },
    rowStep(slots) {
      for (const name of [...keep, ...drop]) slots.read(name);
      return () => {};
    },
    toJSON: () => ({ kind, keep, drop }),
  };
}

/** Makes the reader of a step of this kind, which throws BUNDLE_INVALID. */
export function dropColumnsReader(kind: 'keepColumns' | 'dropColumns'): TransformerReader {
  return (json: JsonObject) => {
    const fields = jsonFields(kind, json);
    const keep = fields.names('keep');
    const drop = fields.names('drop');
    if (drop.some((name) => keep.includes(name))) throw fields.invalid('drop', 'a list of columns that are not kept');
    return fittedDropColumns(kind, keep, drop);
  };
}
