import type { Task } from '../core/feature-spec.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';

/** The task a target column suggests: two distinct values binary, more strings multiclass, more numbers regression. */
export function inferTask(column: Column): Task {
  const distinct = new Set<unknown>();
  for (const cell of column) {
    if (cell === null || Number.isNaN(cell)) continue;
    distinct.add(cell);
    if (distinct.size > 2) return column instanceof DictionaryColumn ? 'multiclass' : 'regression';
  }
  return 'binary';
}
