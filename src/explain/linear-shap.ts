import type { FittedLinearModel } from '../models/fitted-linear-model.js';
import type { EncodedExplainer } from './encoded-explainer.js';

/**
 * Exact SHAP values of a linear model over independent features (Lundberg and Lee, 2017, corollary 1): coefficient times
 * distance from the training mean, or from 0 where the model's file is from before means were kept.
 */
export function linearShap({ coefficients, intercepts, means }: FittedLinearModel): EncodedExplainer {
  const nFeatures = coefficients.length / intercepts.length;
  const centre = means ?? new Float64Array(nFeatures);
  const baseline = intercepts.map((intercept, k) => {
    return centre.reduce((sum, mean, j) => sum + mean * (coefficients[k * nFeatures + j] as number), intercept);
  });
  return {
    baseline,
    explainRow: (values) => {
      return coefficients.map((coefficient, at) => {
        const j = at % nFeatures;
        return coefficient * ((values[j] as number) - (centre[j] as number));
      });
    },
  };
}
