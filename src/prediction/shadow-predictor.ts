// Two models on the same rows: one answers, the other is compared with it, afterwards and never in its way.
import type { ComposedPredictor } from '../core/live-predictor.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import type { Predictor } from '../core/predictor.js';
import { resolveOptions } from '../core/resolve-options.js';
import { comparisonQueue } from './comparison-queue.js';
import type { ShadowComparison } from './comparison-tally.js';
import { comparisonTally } from './comparison-tally.js';

/** Options of {@link shadowPredictor}. */
export const shadowOptions = optionsTable('shadowPredictor', {
  maxQueuedRows: {
    type: 'integer',
    min: 1,
    default: 10_000,
    doc: 'Most rows that wait to be compared; a call that would make them more is not compared.',
  },
});

/** What {@link shadowPredictor} takes. */
export interface ShadowPredictorOptions<Row> extends OptionsInput<typeof shadowOptions> {
  /** Answers. */
  readonly primary: Predictor<Row>;
  /** Is compared. */
  readonly shadow: Predictor<Row>;
  /** What metrics and log lines call the pair; the primary's registered name where absent. */
  readonly name?: string | undefined;
  /** Gets `shadow_rows_total` by what became of them, and `shadow_score_difference`. */
  readonly metrics?: Metrics | undefined;
  /** Gets a line at the first row that each version of the shadow cannot score. */
  readonly logger?: Logger | undefined;
}

/** A predictor with another behind it. */
export interface ShadowPredictor<Row = Record<string, unknown>> extends ComposedPredictor<Row> {
  /** What came of comparing so far. */
  readonly comparison: ShadowComparison;
  /** Resolves once every row that waits is compared. */
  flush(): Promise<void>;
}

/**
 * A predictor whose answers are the primary's, to the bit and with its errors. Each answered row is scored by the shadow too, in
 * slices of a millisecond when the process has nothing else to do; what the shadow throws is counted. Rows, tables and lists of
 * predictions are held until then: do not change them. `reload` with a reference is the primary's, without one that of both.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const prospect = shadowPredictor({ primary: champion, shadow: challenger });
 */
export function shadowPredictor<Row = Record<string, unknown>>(
  options: ShadowPredictorOptions<Row>,
): ShadowPredictor<Row> {
  const { primary, shadow, name = primary.current.name, metrics, logger = silentLogger, ...plain } = options;
  const { maxQueuedRows } = resolveOptions(shadowOptions, plain);
  const tally = comparisonTally([primary.current.version, shadow.current.version], { name, metrics, logger });
  const queue = comparisonQueue(shadow, maxQueuedRows, tally);
  return {
    parts: { primary, shadow },
    get current() {
      return primary.current;
    },
    get spec() {
      return primary.spec;
    },
    get comparison() {
      return tally.comparison;
    },
    predictOne(row) {
      const prediction = primary.predictOne(row);
      queue.add({ rows: [row], predictions: [prediction] });
      return prediction;
    },
    predictBatch(rows) {
      const predictions = primary.predictBatch(rows);
      queue.add({ rows: [...rows], predictions });
      return predictions;
    },
    predictTable(table) {
      const predictions = primary.predictTable(table);
      queue.add({ table, predictions });
      return predictions;
    },
    explain(row, how) {
      const prediction = primary.explain(row, how);
      queue.add({ rows: [row], predictions: [prediction] });
      return prediction;
    },
    async reload(reference) {
      const version = await primary.reload(reference);
      if (reference === undefined) await shadow.reload();
      return version;
    },
    flush: () => queue.flush(),
  };
}
