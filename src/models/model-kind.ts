// What the library knows about a built-in kind of model before one is made.
import type { Task } from '../core/feature-spec.js';
import type { Model } from '../core/model.js';
import type { OptionsTable } from '../core/options-table.js';

/** A built-in kind of model. */
export interface ModelKind {
  /** The name used in files, on the command line and in requests: "logistic". */
  readonly kind: string;
  /** One sentence for people. */
  readonly doc: string;
  readonly tasks: readonly Task[];
  /** Its hyper-parameters. */
  readonly options: OptionsTable;
  /**
   * Makes a model of this kind.
   * @throws OPTION_INVALID, OPTION_UNKNOWN
   */
  create(params?: Readonly<Record<string, unknown>>): Model;
}
