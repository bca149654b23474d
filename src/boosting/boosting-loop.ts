// Boosting itself: gradients, a tree a score, scores moved, metric watched; run by the leading thread as steps that its driver paces.
import { createRandom } from '../core/random.js';
import type { Crew } from '../workers/crew.js';
import type { Engine } from './engine.js';
import { DEFAULT_METRIC, EVAL_METRICS, type EvalMetricName } from './eval-metrics.js';
import { growSymmetric } from './grow-symmetric.js';
import { growTree } from './grow-tree.js';
import type { GrowingTree, Leaf, LeafTotals } from './growing-tree.js';
import { countRows, drawColumns, type TreeRun, writeChildren } from './lead-engine.js';
import { leafOutput } from './leaf-output.js';
import { importanceOf, OPERATION } from './operations.js';
import { rowHash } from './row-hash.js';
import type { Tree } from './tree.js';

/** How long to boost and on which rows, as plain data. */
export interface BoostingPlan {
  readonly seed: number;
  /** Iterations done before, by the run this one resumes. */
  readonly firstIteration: number;
  readonly nIterations: number;
  readonly sampling: 'none' | 'bagging' | 'goss';
  readonly baggingFraction: number;
  readonly baggingFreq: number;
  readonly topRate: number;
  readonly otherRate: number;
  /** `custom` where the driver evaluates; undefined for the objective's own. */
  readonly metric: EvalMetricName | 'custom' | undefined;
  /** Whether to evaluate on training rows where there are no held-out ones. */
  readonly watchesTraining: boolean;
}

/** What the driver sees after each step; it answers `gradients` by writing the pairs, `metric` with the value. */
export type BoostingStep =
  | { readonly kind: 'gradients' }
  | { readonly kind: 'metric' }
  | {
      readonly kind: 'iteration';
      readonly iteration: number;
      readonly trees: readonly Tree[];
      readonly metric: number | undefined;
    };

/** Boosts step by step. */
export function* boost(
  engine: Engine,
  crew: Crew,
  plan: BoostingPlan,
): Generator<BoostingStep, void, number | undefined> {
  const isCustom = engine.objective.name === 'custom';
  crew.run(OPERATION.interleave);
  for (let iteration = plan.firstIteration; iteration < plan.nIterations; iteration++) {
    if (isCustom) yield { kind: 'gradients' };
    crew.run(OPERATION.gradients, isCustom ? 1 : 0);
    drawRows(engine, crew, plan, iteration);
    const trees: Tree[] = [];
    for (let k = 0; k < engine.layout.nScores; k++) trees.push(addTree(engine, crew, plan, iteration, k));
    if (isDone(engine, plan, trees)) return;
    const metric = plan.metric === 'custom' ? yield { kind: 'metric' } : evaluate(engine, plan);
    yield { kind: 'iteration', iteration, trees, metric };
  }
}

/** Nothing is left to split, and nothing random could change that. */
function isDone({ growth }: Engine, plan: BoostingPlan, trees: readonly Tree[]): boolean {
  const isRandom = plan.sampling !== 'none' || growth.featureFraction < 1 || growth.extraTrees;
  return (
    !isRandom && trees.every((tree) => tree.leafValue.length === 1 && Math.abs(tree.leafValue[0] as number) < 1e-9)
  );
}

function drawRows(engine: Engine, crew: Crew, plan: BoostingPlan, iteration: number): void {
  if (plan.sampling === 'bagging') {
    const draw = Math.floor(iteration / plan.baggingFreq);
    crew.run(
      OPERATION.sampleRows,
      plan.baggingFraction,
      rowHash(draw, plan.seed ^ 0x5bd1e995),
      Number.POSITIVE_INFINITY,
      1,
    );
  } else if (plan.sampling === 'goss') {
    const { topRate, otherRate } = plan;
    const share = topRate < 1 ? Math.min(otherRate / (1 - topRate), 1) : 1;
    const keepFrom = topImportance(engine, topRate);
    crew.run(OPERATION.sampleRows, share, rowHash(iteration, plan.seed ^ 0x5bd1e995), keepFrom, 1 / share);
  }
}

/** The |gradient x hessian| that the given share of the rows reaches. */
function topImportance({ layout, pairs }: Engine, rate: number): number {
  const sorted = Float64Array.from({ length: layout.nRows }, (_, row) => importanceOf(pairs, row)).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - rate)))] as number;
}

function addTree(engine: Engine, crew: Crew, plan: BoostingPlan, iteration: number, k: number): Tree {
  const { layout, growth, quantization } = engine;
  const extent = (which: number): number => {
    let most = 0;
    for (let t = 0; t < layout.nThreads; t++) {
      most = Math.max(most, engine.views.f64[layout.extents / 8 + (t * layout.nScores + k) * 2 + which] as number);
    }
    return most;
  };
  const largest = { g: extent(0), h: extent(1) };
  const seed = rowHash(iteration * layout.nScores + k, plan.seed) | 0;
  const columns = new Uint8Array(layout.nColumns).map((_, column) => Number((engine.plans[column]?.nBins ?? 0) > 1));
  const run: TreeRun = {
    ...{ engine, crew, scoreIndex: k, seed },
    unitG: largest.g / quantization.levelsG,
    unitH: largest.h / quantization.levelsH,
    columnsOfTree:
      growth.featureFraction < 1 ? drawColumns(columns, growth.featureFraction, createRandom(seed)) : columns,
    columnsOfLevel: new Map(),
  };
  const tree = growth.growPolicy === 'symmetric' ? growSymmetric(run) : growTree(run, growth.growPolicy);
  writeChildren(run, tree);
  const totals = leafTotals(run, tree, largest);
  engine.views.f64.set(totals.values, layout.leafValues / 8);
  crew.run(OPERATION.addTree, k, tree.leaves.length);
  return tree.toTree(engine.plans, totals);
}

/** Values of the leaves from gradients that were not rounded. */
function leafTotals(
  { engine, crew, scoreIndex }: TreeRun,
  tree: GrowingTree,
  largest: { g: number; h: number },
): LeafTotals {
  const { layout, growth, views, loss } = engine;
  const nLeaves = tree.leaves.length;
  // Integers whose sum over all rows stays below 2^53 add up exactly in doubles, in any order.
  const steps = 2 ** Math.min(30, 52 - Math.ceil(Math.log2(layout.nRows + 1)));
  const scale = (most: number): number => (most > 0 ? steps / most : 0);
  crew.run(OPERATION.sumLeaves, scoreIndex, nLeaves, scale(largest.g), scale(largest.h));
  const covers = new Float64Array(nLeaves);
  const counts = new Int32Array(nLeaves);
  const values = new Float64Array(nLeaves);
  const isRenewed = loss.leafQuantile !== undefined;
  if (loss.leafQuantile !== undefined) crew.run(OPERATION.renewLeaves, scoreIndex, nLeaves, loss.leafQuantile);
  for (let i = 0; i < nLeaves; i++) {
    const leaf = tree.leaves[i] as Leaf;
    const [sumG, sumH] = exactSums(engine, i);
    const cover = (sumH / steps) * largest.h;
    const count = countRows(engine, i);
    covers[i] = cover;
    counts[i] = count;
    if (count === 0) continue;
    const rule = leaf.extraL2 === 0 ? growth : { ...growth, lambdaL2: growth.lambdaL2 + leaf.extraL2 };
    const output = leafOutput((sumG / steps) * largest.g, cover, count, rule, leaf);
    const value = isRenewed ? (views.f64[layout.leafValues / 8 + i] as number) : output;
    values[i] = value * growth.learningRate;
  }
  return { values, covers, counts };
}

/** Sums of a leaf over all threads, in steps. */
function exactSums({ layout, views }: Engine, leaf: number): [number, number] {
  let sumG = 0;
  let sumH = 0;
  for (let thread = 0; thread < layout.nThreads; thread++) {
    const at = layout.leafSums / 8 + (thread * layout.maxLeaves + leaf) * 2;
    sumG += views.f64[at] as number;
    sumH += views.f64[at + 1] as number;
  }
  return [sumG, sumH];
}

function evaluate(engine: Engine, plan: BoostingPlan): number | undefined {
  const { layout } = engine;
  const isHeldOut = layout.nAllRows > layout.nRows;
  if (plan.metric === 'custom' || (!isHeldOut && !plan.watchesTraining)) return undefined;
  const metric = EVAL_METRICS[plan.metric ?? DEFAULT_METRIC[engine.objective.name]];
  const [from, to] = isHeldOut ? [layout.nRows, layout.nAllRows] : [0, layout.nRows];
  return metric.evaluate(engine.lossRows, from, to, engine.objective);
}
