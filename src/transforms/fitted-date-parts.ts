// Dates as numbers of the calendar and the clock: the applying half of date-parts.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { DatePart } from './date-part.js';
import { DATE_PARTS, datePart } from './date-part.js';
import type { DerivedFeature } from './fitted-derivation.js';
import { fittedDerivation } from './fitted-derivation.js';
import { jsonFields } from './json-fields.js';

/** Further than any place on earth is from UTC. */
export const MAX_OFFSET_MINUTES = 24 * 60;

/** The settings of the step with its columns; it learns nothing else. */
export interface DatePartsState {
  readonly parts: readonly DatePart[];
  /** Whether parts that go round become a sine and a cosine. */
  readonly cyclical: boolean;
  readonly utcOffsetMinutes: number;
  readonly keep: boolean;
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedDateParts(state: DatePartsState): FittedTransformer {
  const { columns, parts, keep } = state;
  return fittedDerivation({
    json: { kind: 'dateParts', ...state },
    reads: 'dates',
    columns,
    keep,
    features: columns.flatMap((column) => parts.flatMap((part) => partFeatures(state, column, part))),
  });
}

/** @throws BUNDLE_INVALID */
export function readDateParts(json: JsonObject): FittedTransformer {
  const fields = jsonFields('dateParts', json);
  return fittedDateParts({
    parts: fields.chosen('parts', DATE_PARTS),
    cyclical: fields.flag('cyclical'),
    utcOffsetMinutes: fields.integer('utcOffsetMinutes', -MAX_OFFSET_MINUTES, MAX_OFFSET_MINUTES),
    keep: fields.flag('keep'),
    columns: fields.names('columns'),
  });
}

function partFeatures(
  { cyclical, utcOffsetMinutes }: DatePartsState,
  column: string,
  part: DatePart,
): readonly DerivedFeature[] {
  const { of, cycle } = datePart(part);
  const name = `${column} ${part}`;
  const value = (ms: number): number => of(new Date(ms + utcOffsetMinutes * 60_000));
  if (!cyclical || cycle === undefined) return [{ name, from: [column], compute: value }];
  const angle = (ms: number): number => (2 * Math.PI * (value(ms) - cycle.first)) / cycle.length;
  return [
    { name: `${name} sin`, from: [column], compute: (ms) => Math.sin(angle(ms)) },
    { name: `${name} cos`, from: [column], compute: (ms) => Math.cos(angle(ms)) },
  ];
}
