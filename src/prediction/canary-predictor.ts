// Two models that share the rows out: a part of all keys is answered by the canary, the same keys every time.
import type { ComposedPredictor } from '../core/live-predictor.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import type { Predictor } from '../core/predictor.js';
import { resolveOptions } from '../core/resolve-options.js';
import { takeRows } from '../table/take-rows.js';
import { canaryReport } from './canary-report.js';
import type { RowKey } from './row-keys.js';
import { rowKeys } from './row-keys.js';
import { sharedAnswers } from './shared-answers.js';

/** Options of {@link canaryPredictor}. */
export const canaryOptions = optionsTable('canaryPredictor', {
  share: { type: 'number', min: 0, max: 1, default: 0.05, doc: 'Part of all keys that the canary answers.' },
  salt: { type: 'string', default: '', doc: 'Goes before every key: canaries of another salt answer other keys.' },
});

/** What {@link canaryPredictor} takes. */
export interface CanaryPredictorOptions<Row> extends OptionsInput<typeof canaryOptions> {
  readonly stable: Predictor<Row>;
  readonly canary: Predictor<Row>;
  /** What keeps its answers together, such as a customer: a column of the rows, which need be no feature, or a function. */
  readonly key: RowKey<Row>;
  /** What metrics and log lines call the two; the registered name of the stable one where absent. */
  readonly name?: string | undefined;
  /** Gets `canary_rows_total` by who answered, and `canary_share`. */
  readonly metrics?: Metrics | undefined;
  /** Gets a line at the first answer that each version of the canary fails to give. */
  readonly logger?: Logger | undefined;
}

/** A predictor that lets another answer a part of all keys. */
export interface CanaryPredictor<Row = Record<string, unknown>> extends ComposedPredictor<Row> {
  /** Part of all keys that the canary answers. */
  readonly share: number;
  /** Changes it at once; a larger share keeps the keys of a smaller one. @throws OPTION_INVALID */
  setShare(share: number): void;
}

/**
 * A predictor of two models. A key belongs to the canary by its hash, so that every process and every day says the same; rows
 * without a key are the stable model's. What the canary throws never reaches the caller: the stable model answers the whole call
 * instead. `reload` with a reference is the stable model's, without one that of both.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const prospect = canaryPredictor({ stable: champion, canary: challenger, share: 0.1, key: 'customerId' });
 */
export function canaryPredictor<Row = Record<string, unknown>>(
  options: CanaryPredictorOptions<Row>,
): CanaryPredictor<Row> {
  const { stable, canary, key, name = stable.current.name, metrics, logger = silentLogger, ...plain } = options;
  const resolved = resolveOptions(canaryOptions, plain);
  const keys = rowKeys(key, resolved.salt);
  const report = canaryReport({ name, metrics, logger });
  let { share } = resolved;
  report.share(share);

  const answers = sharedAnswers(stable, canary, report);
  const isChosen = (place: number) => place < share;

  return {
    parts: { stable, canary },
    get current() {
      return stable.current;
    },
    get spec() {
      return stable.spec;
    },
    get share() {
      return share;
    },
    setShare(wanted) {
      share = resolveOptions(canaryOptions, { share: wanted }).share;
      report.share(share);
    },
    predictOne: (row) => answers.one(isChosen(keys.place(row)), (predictor) => predictor.predictOne(row)),
    explain: (row, how) => answers.one(isChosen(keys.place(row)), (predictor) => predictor.explain(row, how)),
    predictBatch: (rows) =>
      answers.many(Array.from(keys.placesOfRows(rows), isChosen), (predictor, chosen) =>
        predictor.predictBatch(chosen === undefined ? rows : Array.from(chosen, (i) => rows[i] as Row)),
      ),
    predictTable: (table) =>
      answers.many(Array.from(keys.placesOfTable(table), isChosen), (predictor, chosen) =>
        predictor.predictTable(chosen === undefined ? table : takeRows(table, chosen)),
      ),
    async reload(reference) {
      const version = await stable.reload(reference);
      if (reference === undefined) await canary.reload();
      return version;
    },
  };
}
