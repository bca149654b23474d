// The caller's side of boosting: collects trees, answers for custom functions, watches the metric, stops early, takes snapshots.
import { TabwrightError } from '../core/tabwright-error.js';
import { answerCrew, cancelCrew } from '../workers/crew.js';
import type { BoosterProgress, BoosterRequest, TrainedBooster } from './booster-request.js';
import type { BoostingPlan, BoostingStep } from './boosting-loop.js';
import type { CustomRows } from './custom-functions.js';
import type { Engine } from './engine.js';
import { DEFAULT_METRIC, EVAL_METRICS } from './eval-metrics.js';
import type { TreeEnsemble } from './scoring/tree-ensemble.js';
import type { TrainingRuntime } from './training-runtime.js';
import type { Tree } from './tree.js';

/** Follows a run step by step. */
export interface StepFollower {
  readonly onStep: (step: BoostingStep) => number | undefined;
  /** Whether it ended the run itself. */
  hasStopped(): boolean;
  finish(nFeatures: number): TrainedBooster;
}

export function followSteps(
  request: BoosterRequest,
  plan: BoostingPlan,
  engine: Engine,
  baseScore: Float64Array,
  runtime: TrainingRuntime,
): StepFollower {
  const { parameters, startFrom, onProgress, owner } = request;
  const trees: Tree[] = [...(startFrom?.ensemble.trees ?? [])];
  const metrics: number[] = startFrom?.isSnapshot === true ? [...startFrom.metrics] : [];
  const firstMetric = plan.firstIteration - metrics.length;
  const { name: metricName, isHigherBetter } = watched(request);
  const patience = parameters.earlyStoppingRounds;
  let failure: unknown;
  let stopped = isExhausted();

  function isExhausted(): boolean {
    return patience > 0 && metrics.length > 0 && metrics.length - 1 - best() >= patience;
  }

  /** Position of the best metric: a later one must be better by the least difference. */
  function best(): number {
    let found = 0;
    const sign = isHigherBetter ? 1 : -1;
    metrics.forEach((value, i) => {
      if (sign * (value - (metrics[found] as number)) > parameters.earlyStoppingMinDelta) found = i;
    });
    return found;
  }

  function stop(): void {
    stopped = true;
    cancelCrew(runtime.buffer);
  }

  function progress(nIterations: number): BoosterProgress {
    const nScores = engine.layout.nScores;
    const ensemble = ensembleOf(request, baseScore, trees.slice(0, nIterations * nScores));
    return { ensemble, nIterations, metrics: [...metrics], isSnapshot: true };
  }

  function onIteration(step: Extract<BoostingStep, { kind: 'iteration' }>): void {
    if (stopped) return;
    const done = step.iteration + 1;
    trees.push(...step.trees);
    if (step.metric !== undefined) metrics.push(step.metric);
    const values = step.metric === undefined ? {} : { metrics: { [metricName]: step.metric } };
    onProgress?.({ phase: 'fit', completed: done, total: plan.nIterations, ...values });
    const every = request.snapshotEvery ?? 0;
    if (every > 0 && done % every === 0) request.onSnapshot?.(progress(done));
    if (isExhausted()) stop();
  }

  function answer(step: BoostingStep): number {
    try {
      return step.kind === 'gradients' ? customGradients(request, engine) : customMetric(request, engine);
    } catch (cause) {
      failure = new TabwrightError('FIT_FAILED', `${owner}: a custom function threw`, { cause });
      stop();
      return 0;
    }
  }

  return {
    onStep(step) {
      if (step.kind === 'iteration') {
        onIteration(step);
        return undefined;
      }
      const value = answer(step);
      if (runtime.isRemote) answerCrew(runtime.buffer, value);
      return value;
    },
    hasStopped: () => stopped,
    finish(nFeatures) {
      if (failure !== undefined) throw failure;
      const nScores = engine.layout.nScores;
      const nRounds = patience > 0 && metrics.length > 0 ? firstMetric + best() + 1 : trees.length / nScores;
      const ensemble = { ...ensembleOf(request, baseScore, trees.slice(0, nRounds * nScores)), nFeatures };
      return { ensemble, nIterations: nRounds, metrics, metricName: metrics.length > 0 ? metricName : undefined };
    },
  };
}

function watched({ parameters, customMetric, objective }: BoosterRequest): { name: string; isHigherBetter: boolean } {
  if (parameters.metric === 'custom') {
    return { name: customMetric?.name ?? 'custom', isHigherBetter: customMetric?.isHigherBetter ?? false };
  }
  const name = parameters.metric ?? DEFAULT_METRIC[objective.name];
  return { name, isHigherBetter: EVAL_METRICS[name].isHigherBetter };
}

function ensembleOf({ train }: BoosterRequest, baseScore: Float64Array, trees: readonly Tree[]): TreeEnsemble {
  const nFeatures = train.features.features.length;
  const precision = { inputPrecision: 'float64', sumPrecision: 'float64' } as const;
  return { nFeatures, nOutputs: baseScore.length, baseScore, trees, ...precision };
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
