// LightGBM's objectives: what each does to raw scores, by the words of a model's objective line.

import { brokenFile, unsupportedFile } from './model-file-error.js';
import type { LinkName } from './score-link.js';
import { scoreLink } from './score-link.js';
import type { TreeModel } from './tree-model.js';

const REGRESSION: Readonly<Record<string, LinkName>> = {
  regression: 'identity',
  regression_l1: 'identity',
  huber: 'identity',
  fair: 'identity',
  quantile: 'identity',
  mape: 'identity',
  lambdarank: 'identity',
  rank_xendcg: 'identity',
  custom: 'identity',
  poisson: 'exp',
  gamma: 'exp',
  tweedie: 'exp',
  cross_entropy: 'sigmoid',
  cross_entropy_lambda: 'softplus',
};

/** Reads an objective line: "binary sigmoid:1". @throws BUNDLE_INVALID, MODEL_FILE_UNSUPPORTED */
export function lightgbmObjective(
  line: string,
  nOutputs: number,
): Pick<TreeModel, 'task' | 'nClasses' | 'link' | 'objective'> {
  const [name = '', ...words] = line.trim().split(/\s+/);
  const settings = new Map(words.map((word) => [word.split(':')[0] as string, word.split(':')[1]]));
  const slope = Number(settings.get('sigmoid') ?? 1);
  if (!(slope > 0 && slope < 1e6)) throw brokenFile('LightGBM model', 'sigmoid must be a number > 0');
  if (name === 'binary' && nOutputs === 1) {
    return { task: 'binary', nClasses: 2, link: scoreLink('sigmoid', { slope }), objective: name };
  }
  if ((name === 'multiclass' || name === 'multiclassova') && nOutputs > 1) {
    const link = name === 'multiclass' ? scoreLink('softmax') : scoreLink('sigmoid', { slope });
    return { task: 'multiclass', nClasses: nOutputs, link, objective: name };
  }
  const found = Object.hasOwn(REGRESSION, name) && nOutputs === 1 ? REGRESSION[name] : undefined;
  if (found === undefined) {
    throw unsupportedFile('LightGBM model', `objective ${JSON.stringify(name.slice(0, 40))} cannot be served`);
  }
  const squared = name === 'regression' && settings.has('sqrt');
  return { task: 'regression', nClasses: 1, link: scoreLink(squared ? 'signedSquare' : found), objective: name };
}
