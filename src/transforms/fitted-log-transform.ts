// Logarithms of columns: the applying half of log-transform.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';
import type { NumberDomain } from './number-domain.js';

export const LOG_BASES = ['e', '2', '10'] as const;
export const LOG_INVALID_POLICIES = ['error', 'missing'] as const;

/** How the step takes logarithms, and of which columns. */
export interface LogState {
  readonly base: (typeof LOG_BASES)[number];
  readonly offset: number;
  readonly invalid: (typeof LOG_INVALID_POLICIES)[number];
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedLogTransform(state: LogState): FittedTransformer {
  const { base, offset, invalid, columns } = state;
  const domain = logDomain(state);
  const log = logarithm(base, offset);
  return fittedNumberMap(
    { kind: 'logTransform', base, offset, invalid, columns },
    columns.map((name) => ({
      name,
      domain: invalid === 'error' ? domain : undefined,
      map: (value) => (domain.accepts(value) ? log(value) : Number.NaN),
    })),
  );
}

/** @throws BUNDLE_INVALID */
export function readLogTransform(json: JsonObject): FittedTransformer {
  const fields = jsonFields('logTransform', json);
  return fittedLogTransform({
    base: fields.choice('base', LOG_BASES),
    offset: fields.number('offset'),
    invalid: fields.choice('invalid', LOG_INVALID_POLICIES),
    columns: fields.names('columns'),
  });
}

/** The values whose logarithm exists. */
export function logDomain({ offset }: Pick<LogState, 'offset'>): NumberDomain {
  return { rule: `greater than ${0 - offset}`, accepts: (value) => value + offset > 0 };
}

function logarithm(base: LogState['base'], offset: number): (value: number) => number {
  if (offset === 1) {
    const unit = { e: 1, 2: Math.LN2, 10: Math.LN10 }[base];
    return (value) => Math.log1p(value) / unit;
  }
  const log = { e: Math.log, 2: Math.log2, 10: Math.log10 }[base];
  return (value) => log(value + offset);
}
