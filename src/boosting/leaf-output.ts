// The value of a leaf and the gain of having it, with every form of regularisation (Chen and Guestrin, 2016; LightGBM's
// `FeatureHistogram::CalculateSplittedLeafOutput`).

/** What shrinks a leaf. */
export interface LeafRule {
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  /** Largest absolute output; 0 for none. */
  readonly maxDeltaStep: number;
  /** Rows that the parent's output counts for; 0 for none. */
  readonly pathSmooth: number;
}

/** What a leaf's place in the tree asks of its output. */
export interface LeafContext {
  readonly parentOutput: number;
  readonly lower: number;
  readonly upper: number;
}

/** The output of a leaf with these sums, before the learning rate. */
export function leafOutput(g: number, h: number, nRows: number, rule: LeafRule, context: LeafContext): number {
  const denominator = h + rule.lambdaL2;
  let output = denominator > 0 ? -shrink(g, rule.lambdaL1) / denominator : 0;
  if (rule.maxDeltaStep > 0) output = Math.min(Math.max(output, -rule.maxDeltaStep), rule.maxDeltaStep);
  if (rule.pathSmooth > 0) {
    const ratio = nRows / rule.pathSmooth;
    output = (output * ratio) / (ratio + 1) + context.parentOutput / (ratio + 1);
  }
  return Math.min(Math.max(output, context.lower), context.upper);
}

/** Twice the drop in loss from giving a leaf this output. */
export function gainOfOutput(g: number, h: number, output: number, rule: LeafRule): number {
  return -(2 * shrink(g, rule.lambdaL1) * output + (h + rule.lambdaL2) * output * output);
}

/** Twice the drop in loss from the best output, where only L1 and L2 shrink it. */
export function leafGain(g: number, h: number, lambdaL1: number, lambdaL2: number): number {
  const t = shrink(g, lambdaL1);
  const denominator = h + lambdaL2;
  return denominator > 0 ? (t * t) / denominator : 0;
}

function shrink(g: number, lambdaL1: number): number {
  if (lambdaL1 === 0) return g;
  return g > lambdaL1 ? g - lambdaL1 : g < -lambdaL1 ? g + lambdaL1 : 0;
}
