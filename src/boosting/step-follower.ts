// The caller's side of boosting: collects trees, answers for custom functions, watches the metric, stops early, takes snapshots.
import { TabwrightError } from '../core/tabwright-error.js';
import { answerCrew, cancelCrew } from '../workers/crew.js';
import type { BoosterRequest, TrainedBooster } from './booster-request.js';
import type { BoostingPlan, BoostingStep } from './boosting-loop.js';
import type { CustomRows } from './custom-functions.js';
import type { Engine } from './engine.js';
import { DEFAULT_METRIC, EVAL_METRICS } from './eval-metrics.js';
import type { TreeEnsemble } from './scoring/tree-ensemble.js';
import type { TrainingRuntime } from './training-runtime.js';
import type { Tree } from './tree.js';

/** What a follower needs to know of a run. */
export interface FollowedRun {
  readonly request: BoosterRequest;
  readonly plan: BoostingPlan;
  readonly engine: Engine;
  readonly baseScore: Float64Array;
  readonly runtime: TrainingRuntime;
}

/** Follows a run step by step. */
export class StepFollower {
  readonly #run: FollowedRun;
  readonly #trees: Tree[];
  readonly #metrics: number[];
  readonly #watched: { readonly name: string; readonly isHigherBetter: boolean };
  #failure: unknown;
  #hasStopped: boolean;

  constructor(run: FollowedRun) {
    const { startFrom } = run.request;
    this.#run = run;
    this.#trees = [...(startFrom?.ensemble.trees ?? [])];
    this.#metrics = startFrom?.isSnapshot === true ? [...startFrom.metrics] : [];
    this.#watched = watched(run.request);
    this.#hasStopped = this.#isExhausted();
  }

  /** Whether the follower ended the run itself. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** Takes a step in; returns the number that the step asks for. */
  onStep(step: BoostingStep): number | undefined {
    if (step.kind === 'iteration') {
      if (!this.#hasStopped) this.#onIteration(step);
      return undefined;
    }
    const value = this.#answer(step);
    const { runtime } = this.#run;
    if (runtime.isRemote) answerCrew(runtime.buffer, value);
    return value;
  }

  /** What the run made. @throws FIT_FAILED where a custom function threw */
  finish(): TrainedBooster {
    if (this.#failure !== undefined) throw this.#failure;
    const { request, plan, engine } = this.#run;
    const metrics = this.#metrics;
    const first = plan.firstIteration - (request.startFrom?.isSnapshot === true ? request.startFrom.metrics.length : 0);
    const isStopping = request.parameters.earlyStoppingRounds > 0 && metrics.length > 0;
    const nIterations = isStopping ? first + this.#best() + 1 : this.#trees.length / engine.layout.nScores;
    const metricName = metrics.length > 0 ? this.#watched.name : undefined;
    return { ensemble: this.#ensemble(nIterations), nIterations, metrics, metricName };
  }

  #onIteration(step: Extract<BoostingStep, { kind: 'iteration' }>): void {
    const { request, plan } = this.#run;
    const done = step.iteration + 1;
    this.#trees.push(...step.trees);
    if (step.metric !== undefined) this.#metrics.push(step.metric);
    const values = step.metric === undefined ? {} : { metrics: { [this.#watched.name]: step.metric } };
    request.onProgress?.({ phase: 'fit', completed: done, total: plan.nIterations, ...values });
    const every = request.snapshotEvery ?? 0;
    if (every > 0 && done % every === 0) {
      const ensemble = this.#ensemble(done);
      request.onSnapshot?.({ ensemble, nIterations: done, metrics: [...this.#metrics], isSnapshot: true });
    }
    if (this.#isExhausted()) this.#stop();
  }

  #answer(step: BoostingStep): number {
    const { request, engine } = this.#run;
    try {
      return step.kind === 'gradients' ? customGradients(request, engine) : customMetric(request, engine);
    } catch (cause) {
      this.#failure = new TabwrightError('FIT_FAILED', `${request.owner}: a custom function threw`, { cause });
      this.#stop();
      return 0;
    }
  }

  #stop(): void {
    this.#hasStopped = true;
    cancelCrew(this.#run.runtime.buffer);
  }

  #isExhausted(): boolean {
    const patience = this.#run.request.parameters.earlyStoppingRounds;
    return patience > 0 && this.#metrics.length > 0 && this.#metrics.length - 1 - this.#best() >= patience;
  }

  /** Position of the best metric: a later one must be better by the least difference. */
  #best(): number {
    const { earlyStoppingMinDelta } = this.#run.request.parameters;
    const sign = this.#watched.isHigherBetter ? 1 : -1;
    let found = 0;
    this.#metrics.forEach((value, i) => {
      if (sign * (value - (this.#metrics[found] as number)) > earlyStoppingMinDelta) found = i;
    });
    return found;
  }

  #ensemble(nIterations: number): TreeEnsemble {
    const { request, baseScore } = this.#run;
    const nFeatures = request.train.features.features.length;
    const trees = this.#trees.slice(0, nIterations * baseScore.length);
    const precision = { inputPrecision: 'float64', sumPrecision: 'float64' } as const;
    return { nFeatures, nOutputs: baseScore.length, baseScore, trees, ...precision };
  }
}

function watched({ parameters, customMetric, objective }: BoosterRequest): { name: string; isHigherBetter: boolean } {
  if (parameters.metric === 'custom') {
    return { name: customMetric?.name ?? 'custom', isHigherBetter: customMetric?.isHigherBetter ?? false };
  }
  const name = parameters.metric ?? DEFAULT_METRIC[objective.name];
  return { name, isHigherBetter: EVAL_METRICS[name].isHigherBetter };
}

/** Rows [from, to) as a custom function sees them: copies, so that it can neither change nor keep the run's memory. */
function customRows({ lossRows }: Engine, from: number, to: number): CustomRows {
  return {
    scores: lossRows.scores.map((score) => score.slice(from, to)),
    target: lossRows.target.slice(from, to),
    weights: lossRows.weights?.slice(from, to),
  };
}

function customGradients({ customObjective }: BoosterRequest, engine: Engine): number {
  const { nRows } = engine.layout;
  const rows = customRows(engine, 0, nRows);
  const gradients = engine.pairs.map(() => new Float64Array(nRows));
  const hessians = engine.pairs.map(() => new Float64Array(nRows));
  customObjective?.(rows, gradients, hessians);
  engine.pairs.forEach((pair, k) => {
    for (let i = 0; i < nRows; i++) {
      const g = gradients[k]?.[i] as number;
      const h = hessians[k]?.[i] as number;
      if (!Number.isFinite(g) || !(h >= 0 && h < Number.POSITIVE_INFINITY)) throw notFinite(i);
      pair[2 * i] = g;
      pair[2 * i + 1] = h;
    }
  });
  return 0;
}

function notFinite(row: number): TabwrightError {
  const rule = 'gradients must be finite and hessians finite and >= 0';
  return new TabwrightError('FIT_FAILED', `custom objective: ${rule}, not so in row ${row}`);
}

function customMetric({ customMetric: metric, held }: BoosterRequest, engine: Engine): number {
  const { nRows, nAllRows } = engine.layout;
  const rows = held === undefined ? customRows(engine, 0, nRows) : customRows(engine, nRows, nAllRows);
  return metric?.evaluate(rows) ?? Number.NaN;
}
