// Watches served models: counts what they answer, joins it with what turned out to be true, and says what they are worth now.
import type { Label } from '../core/cell.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput } from '../core/options-table.js';
import type { PredictionObserver } from '../core/prediction-observer.js';
import type { Predictor } from '../core/predictor.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Tracker } from '../core/tracker.js';
import type { DriftReport } from '../drift/drift-report.js';
import type { DriftSource } from '../drift/drift-source.js';
import type { DriftReference } from '../drift/reference/drift-reference.js';
import type { DriftWindowOptions } from '../drift/window/drift-window.js';
import { driftWindow } from '../drift/window/drift-window.js';
import { checkFeedback } from './check-feedback.js';
import type { PredictionLog } from './log/prediction-log.js';
import type { ResolvedMonitorOptions } from './monitor-options.js';
import { monitorOptions } from './monitor-options.js';
import { monitorTracking } from './monitor-tracking.js';
import { observeMonitor } from './observe-monitor.js';
import { PerformanceHistory } from './performance/performance-history.js';
import { performanceOf } from './performance/performance-of.js';
import type { PerformanceReport } from './performance/performance-report.js';
import type { Watch } from './watch.js';
import { WatchedModel } from './watched-model.js';

/** The truth about a prediction. */
export interface Feedback {
  /** Of the prediction, as its answer had it. */
  readonly id: string;
  /** A class of the model as it stands in the data, or the value of a regression. */
  readonly truth: Label;
}

/** What became of a list of truths. */
export interface FeedbackOutcome {
  /** Met their prediction for the first time. */
  readonly joined: number;
  /** Came for a prediction that had one; the last one counts. */
  readonly repeated: number;
  /** Wait for a prediction that is not known. */
  readonly waiting: number;
}

/** What {@link monitor} takes. */
export interface MonitorInput extends OptionsInput<typeof monitorOptions> {
  /** The models to watch, by the name that paths call them: those of the routes. */
  readonly predictors: Readonly<Record<string, Predictor<never>>>;
  /** Where predictions and truths are kept, and where those of the time before come from; nowhere where absent. */
  readonly log?: PredictionLog | undefined;
  /** Gets counts, performance and drift. */
  readonly metrics?: Metrics | undefined;
  /** Gets the performance over time. */
  readonly tracker?: Tracker | undefined;
  /** What drift is measured against, by served name: asked at the start, and when another version answers. */
  readonly referenceOf?:
    | ((served: string, version: number) => DriftReference | undefined | Promise<DriftReference | undefined>)
    | undefined;
  /** How drift is measured. */
  readonly drift?: DriftWindowOptions | undefined;
  readonly logger?: Logger | undefined;
  /** Milliseconds since 1970; `Date.now` where absent. */
  readonly clock?: (() => number) | undefined;
}

/** Watches models until it is closed. */
export interface Monitor extends PredictionObserver, DriftSource {
  /**
   * Takes in truths, all or none. Sending some again changes nothing, a later truth of the same prediction replaces the one before,
   * and truths may come in any order, before their prediction too.
   * @throws MODEL_NOT_FOUND, VALIDATION_FAILED, NOT_READY
   */
  feedback(model: string, truths: readonly Feedback[]): FeedbackOutcome;
  /** What a model is worth now. @throws MODEL_NOT_FOUND, NOT_READY */
  performance(model: string): PerformanceReport;
  /** Ends watching, flushes and closes the log. */
  close(): Promise<void>;
}

/**
 * Watches served models; give it to the routes as `monitor`. What its log knows of the time before is taken up again.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, and what the log throws
 * @example
 * const log = await filePredictionLog('./predictions');
 * const watching = await monitor({ predictors, log, metrics, segments: ['plan'] });
 * app.register(tabwright, { predictors, metrics, monitor: watching });
 */
export async function monitor(input: MonitorInput): Promise<Monitor> {
  const { predictors, log, metrics, tracker, referenceOf, drift, logger, clock, ...given } = input;
  const options = resolveOptions(monitorOptions, given);
  checkSegments(predictors, options);
  const around = { log, referenceOf, drift: drift ?? {}, logger: logger ?? silentLogger, clock: clock ?? Date.now };
  const monitoring = new Monitoring(predictors, options, around);
  await monitoring.restore();
  monitoring.start(metrics, tracker);
  return monitoring;
}

/** A column that no model has would never be seen. */
function checkSegments(predictors: MonitorInput['predictors'], { segments }: ResolvedMonitorOptions): void {
  const loaded = Object.values(predictors);
  if (!loaded.every(isLoaded)) return;
  const fields = new Set(loaded.flatMap(({ spec }) => spec.fields.map(({ name }) => name)));
  if (segments.every((name) => fields.has(name))) return;
  throw new TabwrightError('OPTION_INVALID', 'monitor: segments must be columns of the models that are watched');
}

/** Whether a predictor knows its model yet: one that waits for it is of version 0, or throws NOT_READY. */
function isLoaded(predictor: Predictor<never>): boolean {
  try {
    return predictor.current.version > 0;
  } catch (error) {
    if (isTabwrightError(error) && error.code === 'NOT_READY') return false;
    throw error;
  }
}

/** What a monitor works with beside its options. */
interface Surroundings extends Pick<MonitorInput, 'log' | 'referenceOf'> {
  readonly drift: DriftWindowOptions;
  readonly logger: Logger;
  readonly clock: () => number;
}

class Monitoring implements Monitor {
  readonly #predictors: MonitorInput['predictors'];
  readonly #options: ResolvedMonitorOptions;
  readonly #around: Surroundings;
  readonly #watches = new Map<string, Watch>();
  #ends: (() => Promise<void> | void)[] = [];

  constructor(predictors: MonitorInput['predictors'], options: ResolvedMonitorOptions, around: Surroundings) {
    this.#predictors = predictors;
    this.#options = options;
    this.#around = around;
    for (const [served, predictor] of Object.entries(predictors)) {
      if (isLoaded(predictor)) this.#watch(served, predictor.current.version);
    }
  }

  predicted: Monitor['predicted'] = (model, id, row, prediction) => {
    this.#current(model)?.watched.add(this.#around.clock(), id, row, prediction);
  };

  predictedTable: Monitor['predictedTable'] = (model, idOf, table, predictions) => {
    this.#current(model)?.watched.addTable(this.#around.clock(), idOf, table, predictions);
  };

  refused: Monitor['refused'] = (model, problems) => this.#watches.get(model)?.watched.addRefused(problems);

  feedback(model: string, truths: readonly Feedback[]): FeedbackOutcome {
    const { watched } = this.#find(model);
    checkFeedback(watched, truths);
    const outcome = { joined: 0, repeated: 0, waiting: 0 };
    const timeMs = this.#around.clock();
    for (const { id, truth } of truths) outcome[watched.addTruth(timeMs, id, truth)]++;
    return outcome;
  }

  performance(model: string): PerformanceReport {
    const { watched, history } = this.#find(model);
    const { threshold, windowRows } = this.#options;
    return performanceOf(watched, {
      atMs: this.#around.clock(),
      threshold,
      windowRows,
      history: history.points,
    });
  }

  drift(model: string): DriftReport | undefined {
    return this.#find(model).watched.drift?.report();
  }

  async close(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end();
    await this.#around.log?.close();
  }

  /** Takes up what the log knows. */
  async restore(): Promise<void> {
    const { log } = this.#around;
    if (log === undefined) return;
    for await (const records of log.recent(this.#options.maxPending)) {
      for (const record of records) this.#watches.get(record.served)?.watched.restore(record);
    }
  }

  /** Takes up what the log knows of a model that was loaded late, up to when it was. */
  async #restoreLate(served: string, { watched }: Watch): Promise<void> {
    const { log, logger, clock } = this.#around;
    const beforeMs = clock();
    try {
      for await (const records of log?.recent(this.#options.maxPending) ?? []) {
        for (const record of records) {
          if (record.served === served && record.timeMs < beforeMs) watched.restore(record);
        }
      }
    } catch (error) {
      logger.warn({ err: error, served }, 'monitor: the log of the time before cannot be read');
    }
  }

  /** Begins to evaluate from time to time, and to tell of it. */
  start(metrics: Metrics | undefined, tracker: Tracker | undefined): void {
    const timer = setInterval(() => this.#evaluate(), this.#options.evaluateMs);
    timer.unref();
    this.#ends.push(() => clearInterval(timer));
    if (metrics !== undefined) this.#ends.push(observeMonitor(metrics, this.#watches, this.#around.log));
    if (tracker !== undefined) {
      this.#ends.push(
        monitorTracking(tracker, this.#watches, {
          ...this.#options,
          ...this.#around,
          at: (model) => this.performance(model),
        }),
      );
    }
  }

  #evaluate(): void {
    for (const [model, watch] of this.#watches) {
      watch.latest = this.performance(model);
      watch.history.add(watch.latest);
      watch.latestDrift = watch.watched.drift?.report();
    }
  }

  /** The watch over what serves now; undefined for a model that is not watched. */
  #current(model: string): Watch | undefined {
    const watch = this.#watches.get(model);
    if (watch === undefined) return this.#late(model);
    // A canary answers some rows with another version than the one that serves: that is no change.
    const { version } = watch.watched.predictor.current;
    return watch.version === version ? watch : this.#watch(model, version);
  }

  /** Begins to watch a model that was not loaded when the monitor began. */
  #late(model: string): Watch | undefined {
    const predictor = Object.hasOwn(this.#predictors, model) ? this.#predictors[model] : undefined;
    if (predictor === undefined) return undefined;
    if (!isLoaded(predictor)) throw new TabwrightError('NOT_READY', 'the model has no version yet');
    const watch = this.#watch(model, predictor.current.version);
    void this.#restoreLate(model, watch);
    return watch;
  }

  #find(model: string): Watch {
    const watch = this.#watches.get(model) ?? this.#late(model);
    if (watch === undefined) throw new TabwrightError('MODEL_NOT_FOUND', 'no model of that name is watched here');
    return watch;
  }

  /** Begins to watch a version: with what there is where rows and classes are those of the version before, else anew. */
  #watch(served: string, version: number): Watch {
    const predictor = this.#predictors[served] as Predictor;
    const before = this.#watches.get(served);
    const { log } = this.#around;
    const watch: Watch = before?.watched.fits(predictor.spec)
      ? { ...before, version }
      : {
          watched: new WatchedModel(served, predictor, this.#options, log),
          history: new PerformanceHistory(),
          latest: undefined,
          latestDrift: undefined,
          version,
        };
    this.#watches.set(served, watch);
    void this.#compareWith(watch, served, version);
    return watch;
  }

  /** Measures drift against the reference of a version, once it is there. */
  async #compareWith(watch: Watch, served: string, version: number): Promise<void> {
    const { referenceOf, drift, logger, clock } = this.#around;
    if (referenceOf === undefined) return;
    try {
      const reference = await referenceOf(served, version);
      if (this.#watches.get(served)?.version !== version) return;
      watch.watched.drift = reference === undefined ? undefined : driftWindow(reference, { clock, ...drift });
    } catch (error) {
      logger.warn({ err: error, served, version }, 'monitor: no drift is measured, the reference cannot be read');
    }
  }
}
