// Two models that share the rows out: a part of all keys is answered by the canary, the same keys every time.
import type { ColumnTable } from 'arquero';
import type { ComposedPredictor } from '../core/live-predictor.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import type { Prediction, Predictor } from '../core/predictor.js';
import { resolveOptions } from '../core/resolve-options.js';
import { takeRows } from '../table/take-rows.js';
import { answerApart } from './answer-apart.js';
import { canaryReport } from './canary-report.js';
import type { RowKey } from './row-keys.js';
import { rowKeys } from './row-keys.js';

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

  /** What the canary has a part in; where it throws, what the stable model answers alone. */
  function orStable<Answer>(nRows: number, answer: () => Answer, alone: () => Answer): Answer {
    try {
      return answer();
    } catch (error) {
      // Rows that nobody can score are refused here, each by its position in the whole call.
      const answered = alone();
      report.fellBack(nRows, canary.current.version, error);
      return answered;
    }
  }

  function answerOne<Answer>(row: Row, answer: (predictor: Predictor<Row>) => Answer): Answer {
    const isChosen = keys.place(row) < share;
    const by = (predictor: Predictor<Row>) => {
      const answered = answer(predictor);
      report.answered(isChosen ? 0 : 1, isChosen ? 1 : 0);
      return answered;
    };
    return isChosen
      ? orStable(
          1,
          () => by(canary),
          () => answer(stable),
        )
      : by(stable);
  }

  function answerMany(
    places: Float64Array,
    answer: (predictor: Predictor<Row>, rows?: Uint32Array) => Prediction[],
  ): Prediction[] {
    const isChosen = Array.from(places, (place) => place < share);
    const nChosen = isChosen.filter(Boolean).length;
    const by = (answered: Prediction[]) => {
      report.answered(isChosen.length - nChosen, nChosen);
      return answered;
    };
    const alone = () => answer(stable);
    if (nChosen === 0) return by(alone());
    const shared = () => by(answerApart(isChosen, (side, rows) => answer(side ? canary : stable, rows)));
    return orStable(isChosen.length, shared, alone);
  }

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
    predictOne: (row) => answerOne(row, (predictor) => predictor.predictOne(row)),
    explain: (row, how) => answerOne(row, (predictor) => predictor.explain(row, how)),
    predictBatch: (rows) =>
      answerMany(keys.placesOfRows(rows), (predictor, chosen) =>
        predictor.predictBatch(chosen === undefined ? rows : Array.from(chosen, (i) => rows[i] as Row)),
      ),
    predictTable: (table: ColumnTable) =>
      answerMany(keys.placesOfTable(table), (predictor, chosen) =>
        predictor.predictTable(chosen === undefined ? table : takeRows(table, chosen)),
      ),
    async reload(reference) {
      const version = await stable.reload(reference);
      if (reference === undefined) await canary.reload();
      return version;
    },
  };
}
