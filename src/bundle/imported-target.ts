// What an imported model predicts: its task from the file, name and labels from the caller.
import type { Label } from '../core/cell.js';
import type { Target, Task } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** What a model file does not say. */
export interface ImportOptions {
  /** Name of the column that the model predicts; `target` where absent. */
  readonly target?: string | undefined;
  /** Labels in output order; those of the file, or 0, 1, … where absent. */
  readonly classes?: readonly Label[] | undefined;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** What a file says of its target. */
export interface FileTarget {
  readonly task: Task;
  readonly nClasses: number;
  readonly classes?: readonly Label[] | undefined;
}

/** @throws OPTION_INVALID where there are not as many classes as the model has */
export function importedTarget(file: FileTarget, { target = 'target', classes }: ImportOptions): Target {
  const { task, nClasses } = file;
  if (task === 'regression') {
    if (classes !== undefined) throw new TabwrightError('OPTION_INVALID', 'import: a regression has no classes');
    return { column: target, task };
  }
  const labels = classes ?? file.classes ?? Array.from({ length: nClasses }, (_, k) => k);
  if (labels.length !== nClasses || new Set(labels).size !== nClasses) {
    throw new TabwrightError('OPTION_INVALID', `import: classes must be ${nClasses} labels, got ${labels.length}`);
  }
  const positive = labels[1] as Label;
  return { column: target, task, ...(task === 'binary' && { positive }), classes: labels };
}
