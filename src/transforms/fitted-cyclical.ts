// Numbers that go round, as points on a circle: the applying half of cyclical.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { DerivedFeature } from './fitted-derivation.js';
import { fittedDerivation } from './fitted-derivation.js';
import { jsonFields } from './json-fields.js';

/** A column with the number at which it starts again. */
export interface CyclicalColumn {
  readonly name: string;
  /** Greater than 0. */
  readonly period: number;
}

/** Makes the fitted step. */
export function fittedCyclical(keep: boolean, columns: readonly CyclicalColumn[]): FittedTransformer {
  return fittedDerivation({
    json: { kind: 'cyclical', keep, columns: columns.map(({ name, period }) => ({ name, period })) },
    reads: 'numbers',
    columns: columns.map(({ name }) => name),
    keep,
    features: columns.flatMap(({ name, period }): readonly DerivedFeature[] => [
      { name: `${name} sin`, from: [name], compute: (value) => Math.sin((2 * Math.PI * value) / period) },
      { name: `${name} cos`, from: [name], compute: (value) => Math.cos((2 * Math.PI * value) / period) },
    ]),
  });
}

/** @throws BUNDLE_INVALID */
export function readCyclical(json: JsonObject): FittedTransformer {
  const fields = jsonFields('cyclical', json);
  const columns = fields.columns('columns').map((column) => {
    const period = column.number('period');
    if (period <= 0) throw column.invalid('period', 'greater than 0');
    return { name: column.text('name'), period };
  });
  return fittedCyclical(fields.flag('keep'), columns);
}
