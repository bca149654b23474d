import type { ColumnTable } from 'arquero';
import type { FittedTable, TargetKind, TargetVector, Transformer } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';

/** Fits a step and applies it to the rows it learned from, by the step's own `fitTransform` where it has one. */
export function fitTransform(
  step: Transformer,
  table: ColumnTable,
  target?: TargetVector,
  kind?: TargetKind,
): FittedTable {
  const plain = plainTable(table);
  if (step.fitTransform !== undefined) return step.fitTransform(plain, target, kind);
  const fitted = step.fit(plain, target, kind);
  return { fitted, table: fitted.transform(plain) };
}
