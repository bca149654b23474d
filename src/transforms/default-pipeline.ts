import type { Field } from '../core/feature-spec.js';
import type { Model } from '../core/model.js';
import type { Transformer } from '../core/transformer.js';
import { impute } from './impute.js';
import { oneHot } from './one-hot.js';
import { ordinal } from './ordinal.js';
import { pipeline } from './pipeline.js';
import { standardScale } from './standard-scale.js';

/**
 * The preprocessing of a model for which the user named none. `dense`: numbers and booleans get the median for missing and
 * are scaled, strings become one column a category with missing as its own. `native`: strings become category positions,
 * numbers and booleans stay as they are.
 * @param fields Feature columns; dates are no input of either pipeline and must be left out
 */
export function defaultPipeline(fields: readonly Field[], input: Model['input']): Transformer {
  const strings = fields.filter(({ type }) => type === 'string').map(({ name }) => name);
  if (input === 'native') return pipeline([ordinal({ columns: strings })]);
  const isNumeric = ({ type }: Field): boolean => type === 'number' || type === 'integer' || type === 'boolean';
  const numbers = fields.filter(isNumeric).map(({ name }) => name);
  return pipeline([
    impute({ columns: numbers, keepEmpty: true }),
    standardScale({ columns: numbers }),
    oneHot({ columns: strings }),
  ]);
}
