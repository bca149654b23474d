// Columns centred on their median and scaled by a range between quantiles: the applying half of robust-scale.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';

/** A column becomes (value - center) / scale. */
export interface RobustColumn {
  readonly name: string;
  readonly center: number;
  /** Greater than 0. */
  readonly scale: number;
}

/** Makes the fitted step. */
export function fittedRobustScale(columns: readonly RobustColumn[]): FittedTransformer {
  const learned = columns.map(({ name, center, scale }) => ({ name, center, scale }));
  return fittedNumberMap(
    { kind: 'robustScale', columns: learned },
    columns.map(({ name, center, scale }) => ({ name, map: (value) => (value - center) / scale })),
  );
}

/** @throws BUNDLE_INVALID */
export function readRobustScale(json: JsonObject): FittedTransformer {
  const columns = jsonFields('robustScale', json).columns('columns');
  return fittedRobustScale(
    columns.map((column) => {
      const scale = column.number('scale');
      if (scale <= 0) throw column.invalid('scale', 'greater than 0');
      return { name: column.text('name'), center: column.number('center'), scale };
    }),
  );
}
