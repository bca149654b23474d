// Follows an alias by asking, for places that no webhook reaches.
import { setTimeout } from 'node:timers/promises';
import { checkSignal } from '../core/check-signal.js';
import { type OptionsInput, optionsTable } from '../core/options-table.js';
import type { ModelVersion, Registry } from '../core/registry.js';
import { resolveOptions } from '../core/resolve-options.js';

/** Options of {@link watchAlias}. */
export const watchAliasOptions = optionsTable('watchAlias', {
  intervalMs: { type: 'integer', min: 10, default: 30_000, doc: 'Pause between two questions, in milliseconds.' },
});

/** What {@link watchAlias} takes. */
export interface WatchAliasOptions extends OptionsInput<typeof watchAliasOptions> {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Gets the version that the alias points at now. The next question waits for it. */
  readonly onChange: (version: ModelVersion) => void | Promise<void>;
  /**
   * Gets what a question or `onChange` threw; the watch goes on, and a change whose handler threw is reported again.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * Calls back each time an alias points at another version, until the signal is aborted.
 * @param reference `name@alias`, or `name` for its champion.
 * @param known The version that is in use; absent, the first answer counts as known.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * void watchAlias(registry, 'churn@champion', { signal, onChange: () => predictor.reload() });
 */
export async function watchAlias(
  registry: Registry,
  reference: string,
  { signal, onChange, onError, ...options }: WatchAliasOptions,
  known?: number,
): Promise<void> {
  const { intervalMs } = resolveOptions(watchAliasOptions, options);
  let current = known;
  while (!signal.aborted) {
    try {
      const version = await registry.get(reference);
      checkSignal(signal);
      if (current !== undefined && version.version !== current) await onChange(version);
      current = version.version;
    } catch (error) {
      if (!signal.aborted) onError?.(error);
    }
    await setTimeout(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
