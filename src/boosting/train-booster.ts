// The engine's door: columns in, trees out. Copies columns into the run's memory one by one, has them binned, boosts, and follows
// the steps: progress, early stopping, snapshots.
import { checkSignal } from '../core/check-signal.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { cancelCrew } from '../workers/crew.js';
import { binColumns } from './bin-columns.js';
import type { BoosterParameters } from './booster-options.js';
import type { BoosterRequest, TrainedBooster } from './booster-request.js';
import type { BoostingPlan } from './boosting-loop.js';
import { checkParameters, constrainedFeatures } from './check-parameters.js';
import { columnRequests } from './column-requests.js';
import { chooseQuantization, createEngine, type EngineJob } from './engine.js';
import type { GrowthParameters } from './growth-parameters.js';
import type { MemoryLayout } from './memory-layout.js';
import { memoryViews } from './memory-views.js';
import { createObjective } from './objectives/create-objective.js';
import { plainKernels } from './plain-kernels.js';
import { writeColumnBins } from './search-columns.js';
import { startingScores } from './starting-scores.js';
import { StepFollower } from './step-follower.js';
import { type TrainingRuntime, threadsFor, withRuntime } from './training-runtime.js';

/**
 * Trains a booster.
 * @throws OPTION_INVALID, VALUE_INVALID for an infinite feature value, DATA_TOO_LARGE, CANCELLED, WORKER_FAILED
 */
export async function trainBooster(request: BoosterRequest): Promise<TrainedBooster> {
  const { parameters, owner, train, held } = request;
  checkSignal(request.signal);
  checkParameters(parameters, owner);
  if (parameters.earlyStoppingRounds > 0 && held === undefined) {
    throw new TabwrightError('OPTION_INVALID', `${owner}: earlyStoppingRounds needs validation rows`);
  }
  const constraints = constrainedFeatures(parameters, train.features, owner);
  const requests = columnRequests(train.features, parameters, request.objective);
  const nRows = train.features.nRows;
  const plain = request.kernels === 'plain';
  const sizes = {
    nRows,
    nAllRows: nRows + (held?.features.nRows ?? 0),
    nColumns: requests.length,
    nScores: createObjective(request.objective).nScores,
    maxLeaves: Math.max(2, Math.min(maxLeaves(parameters), Math.max(2, nRows))),
    sampleRows: Math.min(nRows, parameters.binSampleRows),
    isByLevel: parameters.growPolicy !== 'leafwise',
    nThreads: plain ? 1 : parameters.numThreads || threadsFor(nRows, requests.length),
  };
  return withRuntime(sizes, plain, async (runtime, layout) => {
    const isWeighted = train.weights !== undefined || held?.weights !== undefined;
    fillTargets(runtime.buffer, layout, request, isWeighted);
    const plans = await binColumns(runtime, layout, requests, request);
    const baseScore = startingBase(request);
    await startingScores(runtime.buffer, layout, request, baseScore);
    const growth = growthParameters(parameters, layout, requests, constraints);
    const { objective } = request;
    const quantization = chooseQuantization(plans, nRows);
    const plan = boostingPlan(request);
    const isSampled = plan.sampling !== 'none';
    const job: EngineJob = { layout, plans, growth, objective, quantization, isWeighted, isSampled };
    return run(runtime, job, plan, request, baseScore);
  });
}

async function run(
  runtime: TrainingRuntime,
  job: EngineJob,
  plan: BoostingPlan,
  request: BoosterRequest,
  baseScore: Float64Array,
): Promise<TrainedBooster> {
  const cancel = (): void => cancelCrew(runtime.buffer);
  request.signal?.addEventListener('abort', cancel);
  const views = memoryViews(runtime.buffer);
  writeColumnBins(views, job.layout, job.plans, job.growth);
  const engine = createEngine(job, views, plainKernels(runtime.buffer));
  const steps = new StepFollower({ request, plan, engine, baseScore, runtime });
  try {
    checkSignal(request.signal);
    if (!steps.hasStopped) await runtime.train(job, plan, (step) => steps.onStep(step));
  } catch (error) {
    checkSignal(request.signal);
    if (!steps.hasStopped) throw error;
  } finally {
    request.signal?.removeEventListener('abort', cancel);
  }
  return steps.finish();
}

function fillTargets(
  buffer: ArrayBufferLike,
  layout: MemoryLayout,
  request: BoosterRequest,
  isWeighted: boolean,
): void {
  const { train, held } = request;
  const { f64 } = memoryViews(buffer);
  f64.set(train.target, layout.target / 8);
  if (held !== undefined) f64.set(held.target, layout.target / 8 + layout.nRows);
  if (!isWeighted) return;
  f64.fill(1, layout.weights / 8, layout.weights / 8 + layout.nAllRows);
  if (train.weights !== undefined) f64.set(train.weights, layout.weights / 8);
  if (held?.weights !== undefined) f64.set(held.weights, layout.weights / 8 + layout.nRows);
}

function startingBase({ parameters, objective, train, startFrom }: BoosterRequest): Float64Array {
  if (startFrom !== undefined) return Float64Array.from(startFrom.ensemble.baseScore);
  const loss = createObjective(objective);
  return parameters.boostFromAverage ? loss.baseScore(train.target, train.weights) : new Float64Array(loss.nScores);
}

function maxLeaves(p: BoosterParameters): number {
  const depth = p.maxDepth > 0 ? p.maxDepth : Number.POSITIVE_INFINITY;
  return Math.min(p.numLeaves === 0 ? Number.POSITIVE_INFINITY : p.numLeaves, 2 ** Math.min(depth, 17));
}

function growthParameters(
  p: BoosterParameters,
  layout: MemoryLayout,
  requests: readonly { readonly feature: number }[],
  constraints: ReturnType<typeof constrainedFeatures>,
): GrowthParameters {
  const monotone = Int8Array.from(requests, ({ feature }) => constraints.monotone.get(feature) ?? 0);
  const columnsOf = (features: readonly number[]): number[] =>
    requests.flatMap(({ feature }, column) => (features.includes(feature) ? [column] : []));
  return {
    growPolicy: p.growPolicy,
    maxLeaves: layout.maxLeaves,
    maxDepth: p.maxDepth > 0 ? p.maxDepth : Number.POSITIVE_INFINITY,
    learningRate: p.learningRate,
    minDataInLeaf: p.minDataInLeaf,
    minSumHessianInLeaf: p.minSumHessianInLeaf,
    lambdaL1: p.lambdaL1,
    lambdaL2: p.lambdaL2,
    minGainToSplit: p.minGainToSplit,
    maxDeltaStep: p.maxDeltaStep,
    pathSmooth: p.pathSmooth,
    featureFraction: p.featureFraction,
    featureFractionByLevel: p.featureFractionByLevel,
    featureFractionByNode: p.featureFractionByNode,
    extraTrees: p.extraTrees,
    catL2: p.catL2,
    catSmooth: p.catSmooth,
    maxCatThreshold: p.maxCatThreshold,
    maxCatToOnehot: p.maxCatToOnehot,
    minDataPerGroup: p.minDataPerGroup,
    monotone,
    isMonotone: monotone.some((direction) => direction !== 0),
    interactions: constraints.interactions?.map(columnsOf),
  };
}

function boostingPlan({ parameters: p, seed, startFrom, onProgress }: BoosterRequest): BoostingPlan {
  const isBagged = p.sampling === 'bagging' && p.baggingFreq > 0 && p.baggingFraction < 1;
  const firstIteration = startFrom?.nIterations ?? 0;
  return {
    seed,
    firstIteration,
    nIterations: p.numIterations + (startFrom?.isSnapshot === false ? firstIteration : 0),
    sampling: p.sampling === 'goss' ? 'goss' : isBagged ? 'bagging' : 'none',
    baggingFraction: p.baggingFraction,
    baggingFreq: Math.max(1, p.baggingFreq),
    topRate: p.topRate,
    otherRate: p.otherRate,
    metric: p.metric,
    watchesTraining: onProgress !== undefined,
  };
}
