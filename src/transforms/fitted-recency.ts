// How long ago dates were: the applying half of recency.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { DerivedFeature } from './fitted-derivation.js';
import { fittedDerivation } from './fitted-derivation.js';
import { jsonFields } from './json-fields.js';

const UNIT_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 } as const;
/** What the time is counted in. */
export type RecencyUnit = keyof typeof UNIT_MS;
export const RECENCY_UNITS = Object.keys(UNIT_MS) as readonly RecencyUnit[];

/** The settings of the step with its columns; it learns nothing else. */
export interface RecencyState {
  /** The column of dates, or the epoch milliseconds, that time is counted to. */
  readonly until: string | number;
  readonly unit: RecencyUnit;
  readonly keep: boolean;
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedRecency(state: RecencyState): FittedTransformer {
  const { until, unit, keep, columns } = state;
  const ms = UNIT_MS[unit];
  return fittedDerivation({
    json: { kind: 'recency', until, unit, keep, columns },
    reads: 'dates',
    columns: typeof until === 'string' ? [...columns, until] : columns,
    keep,
    features: columns.map((column): DerivedFeature => {
      const name = `${unit} since ${column}`;
      if (typeof until === 'number') return { name, from: [column], compute: (date) => (until - date) / ms };
      return { name, from: [column, until], compute: (date, end) => (end - date) / ms };
    }),
  });
}

/** @throws BUNDLE_INVALID */
export function readRecency(json: JsonObject): FittedTransformer {
  const fields = jsonFields('recency', json);
  const until = fields.scalar('until');
  const columns = fields.names('columns');
  if (until === null || columns.some((column) => column === until)) {
    throw fields.invalid('until', 'a number or the name of another column');
  }
  return fittedRecency({ until, unit: fields.choice('unit', RECENCY_UNITS), keep: fields.flag('keep'), columns });
}
