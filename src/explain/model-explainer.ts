// What each input adds to the raw scores of a fitted model, whatever its kind.
import type { FittedModel } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { FittedConstant } from '../models/fitted-constant.js';
import { FittedGradientBoosting } from '../models/fitted-gradient-boosting.js';
import { FittedLinearModel } from '../models/fitted-linear-model.js';
import { FittedTreeEnsemble } from '../models/fitted-tree-ensemble.js';
import type { EncodedExplainer } from './encoded-explainer.js';
import { linearShap } from './linear-shap.js';
import { treeShap } from './tree-shap.js';

/**
 * Prepares the explanation of a model's raw scores: what its link is given. A constant model's raw scores are its outputs.
 * @throws EXPLANATION_UNAVAILABLE
 */
export function modelExplainer(model: FittedModel): EncodedExplainer {
  if (model instanceof FittedGradientBoosting) return treeShap(model.ensemble);
  if (model instanceof FittedTreeEnsemble) return importedTrees(model);
  if (model instanceof FittedLinearModel) return linearShap(model);
  if (model instanceof FittedConstant) {
    const nothing = new Float64Array(model.nOutputs * model.features.length);
    return { baseline: model.scores, explainRow: () => nothing };
  }
  throw new TabwrightError('EXPLANATION_UNAVAILABLE', `explain: models of kind ${model.kind} cannot be explained`);
}

/** Trees with what their file says of zeros, and of averages. */
function importedTrees(model: FittedTreeEnsemble): EncodedExplainer {
  const { divisor } = model.source.link;
  const { baseline, explainRow } = treeShap(model.ensemble);
  if (divisor === 1) return { baseline, explainRow: (values) => explainRow(model.treeInputs(values)) };
  return {
    baseline: baseline.map((score) => score / divisor),
    explainRow: (values) => explainRow(model.treeInputs(values)).map((value) => value / divisor),
  };
}
