// Columns scaled to a range with what was learned: the applying half of min-max-scale.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';

/** A column becomes (value - min) / range * (high - low) + low. */
export interface MinMaxColumn {
  readonly name: string;
  readonly min: number;
  /** Greater than 0. */
  readonly range: number;
}

/** What the step learned, with its range. */
export interface MinMaxState {
  readonly low: number;
  readonly high: number;
  /** Whether values outside the training range are held at its ends. */
  readonly clip: boolean;
  readonly columns: readonly MinMaxColumn[];
}

/** Makes the fitted step. */
export function fittedMinMaxScale({ low, high, clip, columns }: MinMaxState): FittedTransformer {
  const learned = columns.map(({ name, min, range }) => ({ name, min, range }));
  return fittedNumberMap(
    { kind: 'minMaxScale', low, high, clip, columns: learned },
    columns.map(({ name, min, range }) => ({
      name,
      map(value) {
        const scaled = ((value - min) / range) * (high - low) + low;
        return clip ? Math.min(Math.max(scaled, low), high) : scaled;
      },
    })),
  );
}

/** @throws BUNDLE_INVALID */
export function readMinMaxScale(json: JsonObject): FittedTransformer {
  const fields = jsonFields('minMaxScale', json);
  const low = fields.number('low');
  const high = fields.number('high');
  if (high <= low) throw fields.invalid('high', 'greater than low');
  const columns = fields.columns('columns').map((column) => {
    const range = column.number('range');
    if (range <= 0) throw column.invalid('range', 'greater than 0');
    return { name: column.text('name'), min: column.number('min'), range };
  });
  return fittedMinMaxScale({ low, high, clip: fields.flag('clip'), columns });
}
