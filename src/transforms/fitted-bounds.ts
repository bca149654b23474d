// Columns held between bounds: the applying half of clip.ts and winsorise.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, TransformerReader } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';

/** A column with its bounds; null is none. */
export interface BoundedColumn {
  readonly name: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** Makes the fitted step. */
export function fittedBounds(kind: 'clip' | 'winsorise', columns: readonly BoundedColumn[]): FittedTransformer {
  return fittedNumberMap(
    { kind, columns: columns.map(({ name, min, max }) => ({ name, min, max })) },
    columns.map(({ name, min, max }) => {
      const low = min === null ? Number.NEGATIVE_INFINITY : min;
      const high = max === null ? Number.POSITIVE_INFINITY : max;
      return { name, map: (value) => Math.min(Math.max(value, low), high) };
    }),
  );
}

/** Makes the reader of a step of this kind, which throws BUNDLE_INVALID. */
export function boundsReader(kind: 'clip' | 'winsorise'): TransformerReader {
  return (json: JsonObject) =>
    fittedBounds(
      kind,
      jsonFields(kind, json)
        .columns('columns')
        .map((column) => {
          const min = column.limit('min');
          const max = column.limit('max');
          if (min !== null && max !== null && max < min) throw column.invalid('max', 'at least min');
          return { name: column.text('name'), min, max };
        }),
    );
}
