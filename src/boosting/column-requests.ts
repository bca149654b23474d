import type { FeatureMatrix } from '../core/feature-matrix.js';
import type { BoosterParameters } from './booster-options.js';
import type { ColumnPlan } from './column-plan.js';
import type { ObjectiveSpec } from './objectives/create-objective.js';

/** A column the engine bins: most features are one, a category's target statistics one a class. */
export interface ColumnRequest {
  readonly feature: number;
  readonly kind: ColumnPlan['kind'];
  readonly targetClass: number | undefined;
}

/** The columns that the features become. */
export function columnRequests(
  { features }: FeatureMatrix,
  { categoricalEncoding }: BoosterParameters,
  { name, nClasses }: ObjectiveSpec,
): ColumnRequest[] {
  return features.flatMap(({ kind }, feature): ColumnRequest[] => {
    if (kind === 'numeric') return [{ feature, kind: 'numeric', targetClass: undefined }];
    if (categoricalEncoding === 'subset') return [{ feature, kind: 'subset', targetClass: undefined }];
    if (name !== 'multiclass') return [{ feature, kind: 'statistic', targetClass: undefined }];
    return Array.from({ length: nClasses }, (_, targetClass) => ({ feature, kind: 'statistic', targetClass }));
  });
}
