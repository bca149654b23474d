import type { Task } from '../core/feature-spec.js';

/** Numbers that a model gives for each row: one a class for multiclass, else one. */
export function outputCount(task: Task, nClasses: number): number {
  return task === 'multiclass' ? nClasses : 1;
}
