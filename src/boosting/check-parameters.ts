// Rules between parameters and data that one option's range cannot say.
import type { FeatureMatrix } from '../core/feature-matrix.js';
import { nearestName } from '../core/nearest-name.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { BoosterParameters } from './booster-options.js';

/**
 * Refuses parameters that would be without effect or contradict each other.
 * @throws OPTION_INVALID
 */
export function checkParameters(parameters: BoosterParameters, owner: string): void {
  const broken = brokenRule(parameters);
  if (broken !== undefined) throw new TabwrightError('OPTION_INVALID', `${owner}: ${broken}`);
}

function brokenRule(p: BoosterParameters): string | undefined {
  if (p.growPolicy === 'symmetric') return brokenSymmetricRule(p);
  if (p.numLeaves === 1) return 'numLeaves must be 0 or >= 2, got 1';
  if (p.numLeaves === 0 && (p.maxDepth < 1 || p.maxDepth > 16)) return 'numLeaves 0 needs a maxDepth in [1, 16]';
  if (p.growPolicy === 'depthwise' && p.maxDepth < 1 && p.numLeaves === 0) return 'maxDepth must be >= 1';
  if (p.objective === 'quantile' && p.objectiveAlpha >= 1) return 'objectiveAlpha must be in (0, 1) for quantile';
  if (p.sampling === 'goss' && p.topRate + p.otherRate > 1) return 'topRate + otherRate must be <= 1';
  if (p.sampling === 'goss' && p.baggingFreq > 0) return 'baggingFreq must be 0 with goss, which draws rows itself';
  if (p.sampling === 'bagging' && p.baggingFraction < 1 && p.baggingFreq === 0) {
    return 'baggingFraction has no effect without baggingFreq; set it to 1 to draw rows every round';
  }
  if (p.balanced && Object.keys(p.classWeights).length > 0)
    return 'balanced and classWeights must not be given together';
  const halves = Object.values(p.monotoneConstraints).filter((direction) => !Number.isInteger(direction));
  return halves.length > 0 ? 'monotoneConstraints must be -1, 0 or 1' : undefined;
}

function brokenSymmetricRule(p: BoosterParameters): string | undefined {
  if (p.maxDepth < 1 || p.maxDepth > 12) return `maxDepth must be in [1, 12] for symmetric trees, got ${p.maxDepth}`;
  if (p.categoricalEncoding !== 'ordered') return 'categoricalEncoding must be ordered for symmetric trees';
  if (p.numLeaves !== 0) return 'numLeaves must be 0 for symmetric trees, whose leaves are 2^maxDepth';
  const refused = {
    minDataInLeaf: p.minDataInLeaf > 1,
    minSumHessianInLeaf: p.minSumHessianInLeaf > 0,
    maxDeltaStep: p.maxDeltaStep > 0,
    pathSmooth: p.pathSmooth > 0,
    extraTrees: p.extraTrees,
    monotoneConstraints: Object.values(p.monotoneConstraints).some((direction) => direction !== 0),
    interactionConstraints: p.interactionConstraints.length > 0,
    featureFractionByLevel: p.featureFractionByLevel < 1,
  };
  const name = Object.entries(refused).find(([, isGiven]) => isGiven)?.[0];
  return name === undefined ? undefined : `${name} is not available for symmetric trees`;
}

/**
 * The features that constraints name, by position.
 * @throws OPTION_INVALID where a name is no feature, or a monotone one is categorical
 */
export function constrainedFeatures(
  { monotoneConstraints, interactionConstraints }: BoosterParameters,
  { features }: FeatureMatrix,
  owner: string,
): { monotone: ReadonlyMap<number, number>; interactions: readonly (readonly number[])[] | undefined } {
  const names = features.map(({ name }) => name);
  const position = (name: string, option: string): number => {
    const found = names.indexOf(name);
    if (found >= 0) return found;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new TabwrightError('OPTION_INVALID', `${owner}: ${option} names ${name}, which is no feature${hint}`);
  };
  const monotone = new Map<number, number>();
  for (const [name, direction] of Object.entries(monotoneConstraints)) {
    const feature = position(name, 'monotoneConstraints');
    if (direction !== 0 && features[feature]?.kind === 'categorical') {
      throw new TabwrightError('OPTION_INVALID', `${owner}: monotoneConstraints names ${name}, which is categorical`);
    }
    monotone.set(feature, direction);
  }
  if (interactionConstraints.length === 0) return { monotone, interactions: undefined };
  const interactions = interactionConstraints.map((group) =>
    group.split('+').map((name) => position(name.trim(), 'interactionConstraints')),
  );
  return { monotone, interactions };
}
