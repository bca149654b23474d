import type { FeatureColumn, FeatureMatrix } from '../core/feature-matrix.js';
import type { BoosterParameters } from './booster-options.js';
import type { ColumnPlan } from './column-plan.js';
import type { ObjectiveSpec } from './objectives/create-objective.js';

/** A column the engine bins: most features are one, a category's target statistics one a class. */
export interface ColumnRequest {
  readonly feature: number;
  readonly kind: ColumnPlan['kind'];
  readonly targetClass: number | undefined;
  /** The only level of a column that asks whether a row has it. */
  readonly onlyLevel: number | undefined;
}

/**
 * The columns that the features become. Sets of categories need a bin for each; a feature of more categories than bins has target
 * statistics whatever the encoding.
 */
export function columnRequests(
  { features, columns }: FeatureMatrix,
  { categoricalEncoding, oneHotMaxSize, maxBin }: BoosterParameters,
  { name, nClasses }: ObjectiveSpec,
): ColumnRequest[] {
  return features.flatMap(({ kind, levels }, feature): ColumnRequest[] => {
    const one = { feature, targetClass: undefined, onlyLevel: undefined };
    if (kind === 'numeric') return [{ ...one, kind: 'numeric' }];
    const nLevels = levels?.length ?? levelsIn(columns[feature]);
    const isSubset = categoricalEncoding === 'subset';
    if (isSubset && nLevels < maxBin) return [{ ...one, kind: 'subset' }];
    const tests = range(!isSubset && nLevels <= oneHotMaxSize ? nLevels : 0).map((onlyLevel) => ({
      ...one,
      kind: 'subset' as const,
      onlyLevel,
    }));
    const classes = name === 'multiclass' ? range(nClasses) : [undefined];
    return [...tests, ...classes.map((targetClass) => ({ ...one, kind: 'statistic' as const, targetClass }))];
  });
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

function levelsIn(column: FeatureColumn | undefined): number {
  let most = -1;
  column?.forEach((level) => {
    if (level > most) most = level;
  });
  return most + 1;
}
