// A predictor that goes along with an alias: what it points at is loaded and proven beside what serves, then takes over.
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput } from '../core/options-table.js';
import type { Predictor } from '../core/predictor.js';
import type { Registry } from '../core/registry.js';
import type { watchAliasOptions } from './watch-alias.js';
import { watchAlias } from './watch-alias.js';

/** What {@link followAlias} takes. */
export interface FollowAliasOptions extends OptionsInput<typeof watchAliasOptions> {
  readonly registry: Registry;
  /** `name@alias`, or `name` for its champion. */
  readonly reference: string;
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** Gets a line a swap, and one a failure. */
  readonly logger?: Logger | undefined;
  /** Gets `alias_follows_total` by reference and result. */
  readonly metrics?: Metrics | undefined;
}

/**
 * Reloads a predictor each time an alias points at another version, until the signal is aborted. A version that cannot be
 * loaded, or does not give its golden scores again, never serves: the last good one goes on, and the other is tried again at
 * the next question. A predictor that was rolled back stays where it is until the alias moves.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * void followAlias(predictor, { registry, reference: 'churn@champion', signal });
 */
export async function followAlias(
  predictor: Predictor<never>,
  { registry, reference, signal, logger = silentLogger, metrics, ...options }: FollowAliasOptions,
): Promise<void> {
  const count = metrics?.counter({
    name: 'alias_follows_total',
    help: 'Swaps to what an alias points at, by `result`: ok, or failed where the registry or the version did.',
    labels: ['reference', 'result'],
  });
  await watchAlias(
    registry,
    reference,
    {
      ...options,
      signal,
      async onChange() {
        const { name, version } = await predictor.reload(reference);
        count?.({ reference, result: 'ok' });
        logger.info({ reference, version }, `${name}/${version} serves now`);
      },
      onError(error) {
        count?.({ reference, result: 'failed' });
        logger.warn({ err: error, reference }, 'the alias could not be followed; the last good version goes on');
      },
    },
    predictor.current.version,
  );
}
