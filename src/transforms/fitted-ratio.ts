// One column divided by another: the applying half of ratio.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { DerivedFeature } from './fitted-derivation.js';
import { fittedDerivation } from './fitted-derivation.js';
import { jsonFields } from './json-fields.js';

/** A numerator and a denominator. */
export type RatioPair = readonly [numerator: string, denominator: string];

/** The settings of the step; it learns nothing. */
export interface RatioState {
  readonly pairs: readonly RatioPair[];
  /** The ratio where the denominator is 0; null is missing. */
  readonly whenZero: number | null;
  readonly keep: boolean;
}

/** Makes the fitted step. */
export function fittedRatio({ pairs, whenZero, keep }: RatioState): FittedTransformer {
  const ofZero = whenZero ?? Number.NaN;
  return fittedDerivation({
    json: { kind: 'ratio', pairs, whenZero, keep },
    reads: 'numbers',
    columns: [...new Set(pairs.flat())],
    keep,
    features: pairs.map(([numerator, denominator]): DerivedFeature => {
      return {
        name: `${numerator} / ${denominator}`,
        from: [numerator, denominator],
        compute: (first, second) => (second === 0 && !Number.isNaN(first) ? ofZero : first / second),
      };
    }),
  });
}

/** @throws BUNDLE_INVALID */
export function readRatio(json: JsonObject): FittedTransformer {
  const fields = jsonFields('ratio', json);
  const pairs = fields.list('pairs');
  if (!pairs.every(isPair)) throw fields.invalid('pairs', 'a list of pairs of names');
  return fittedRatio({ pairs, whenZero: fields.limit('whenZero'), keep: fields.flag('keep') });
}

/** Whether this is two names. */
export function isPair(found: unknown): found is RatioPair {
  return Array.isArray(found) && found.length === 2 && found.every((name) => typeof name === 'string');
}
