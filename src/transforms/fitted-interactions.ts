// Products of columns: the applying half of interactions.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { DerivedFeature } from './fitted-derivation.js';
import { fittedDerivation } from './fitted-derivation.js';
import { jsonFields } from './json-fields.js';

/** The settings of the step with its columns; it learns nothing else. */
export interface InteractionsState {
  /** Whether each column is multiplied by itself as well. */
  readonly squares: boolean;
  readonly keep: boolean;
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedInteractions({ squares, keep, columns }: InteractionsState): FittedTransformer {
  return fittedDerivation({
    json: { kind: 'interactions', squares, keep, columns },
    reads: 'numbers',
    columns,
    keep,
    features: columns.flatMap((first, i) =>
      columns.slice(squares ? i : i + 1).map((second): DerivedFeature => {
        return { name: `${first} * ${second}`, from: [first, second], compute: (one, other) => one * other };
      }),
    ),
  });
}

/** @throws BUNDLE_INVALID */
export function readInteractions(json: JsonObject): FittedTransformer {
  const fields = jsonFields('interactions', json);
  return fittedInteractions({
    squares: fields.flag('squares'),
    keep: fields.flag('keep'),
    columns: fields.names('columns'),
  });
}
