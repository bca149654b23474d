// Columns made more like a normal distribution by a power: the applying half of power-transform.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';
import type { NumberDomain } from './number-domain.js';

export const POWER_METHODS = ['yeoJohnson', 'boxCox'] as const;
export type PowerMethod = (typeof POWER_METHODS)[number];

/** A column becomes (power(value) - mean) / scale. */
export interface PowerColumn {
  readonly name: string;
  readonly lambda: number;
  readonly mean: number;
  /** Greater than 0. */
  readonly scale: number;
}

/** The values that Box-Cox takes. */
export const BOX_COX_DOMAIN: NumberDomain = { rule: 'greater than 0', accepts: (value) => value > 0 };

/** Makes the fitted step. */
export function fittedPowerTransform(method: PowerMethod, columns: readonly PowerColumn[]): FittedTransformer {
  const learned = columns.map(({ name, lambda, mean, scale }) => ({ name, lambda, mean, scale }));
  const power = method === 'boxCox' ? boxCox : yeoJohnson;
  return fittedNumberMap(
    { kind: 'powerTransform', method, columns: learned },
    columns.map(({ name, lambda, mean, scale }) => ({
      name,
      domain: method === 'boxCox' ? BOX_COX_DOMAIN : undefined,
      map: (value) => (power(value, lambda) - mean) / scale,
    })),
  );
}

/** @throws BUNDLE_INVALID */
export function readPowerTransform(json: JsonObject): FittedTransformer {
  const fields = jsonFields('powerTransform', json);
  const columns = fields.columns('columns').map((column) => {
    const scale = column.number('scale');
    if (scale <= 0) throw column.invalid('scale', 'greater than 0');
    return { name: column.text('name'), lambda: column.number('lambda'), mean: column.number('mean'), scale };
  });
  return fittedPowerTransform(fields.choice('method', POWER_METHODS), columns);
}

/** (value^lambda - 1) / lambda, or log(value) where lambda is 0, for values above 0 (Box and Cox, 1964). */
export function boxCox(value: number, lambda: number): number {
  return lambda === 0 ? Math.log(value) : Math.expm1(lambda * Math.log(value)) / lambda;
}

/** Box-Cox of 1 + value with `lambda`, mirrored with 2 - lambda below 0 (Yeo and Johnson, 2000). */
export function yeoJohnson(value: number, lambda: number): number {
  return value >= 0 ? shiftedPower(value, lambda) : -shiftedPower(-value, 2 - lambda);
}

function shiftedPower(value: number, lambda: number): number {
  const log = Math.log1p(value);
  return Math.abs(lambda) < Number.EPSILON ? log : Math.expm1(lambda * log) / lambda;
}
