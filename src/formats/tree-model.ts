// What a model file of trees says, whatever its format: readers make it, writers write it.
import type { TreeEnsemble } from '../boosting/scoring/tree-ensemble.js';
import type { Label } from '../core/cell.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import type { ScoreLink } from './score-link.js';

/** Trees, and what turns their raw scores into outputs. */
export interface TreeModel {
  readonly task: Task;
  /** Classes of a multiclass task; 2 for binary, 1 for regression. */
  readonly nClasses: number;
  readonly features: readonly ModelFeature[];
  readonly ensemble: TreeEnsemble;
  readonly link: ScoreLink;
  /** Features whose zeros count as missing, by position (LightGBM's `zero_as_missing`). */
  readonly zeroMissing: readonly number[];
  /** The objective by the name of the format that the model was read from, or of this library. */
  readonly objective: string;
  /** Labels of the classes in output order, where the file has them. */
  readonly classes?: readonly Label[] | undefined;
}
