import type { ColumnTable } from 'arquero';
import type { FittedTransformer, TargetKind, TargetVector, Transformer } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
import { fitTransform } from './fit-transform.js';
import { fittedPipeline } from './fitted-pipeline.js';

/**
 * Steps one after the other, each fitted on what the ones before it made: itself a step.
 *
 * @example
 * ```ts
 * const fitted = pipeline([impute(), standardScale(), oneHot()]).fit(table);
 * const encoded = fitted.transform(table);
 * ```
 */
export function pipeline(steps: readonly Transformer[]): Transformer {
  const inOrder = [...steps];
  return {
    kind: 'pipeline',
    fit(table, target, kind) {
      const last = inOrder.at(-1);
      if (last === undefined) return fittedPipeline([]);
      const before = fitSteps(inOrder.slice(0, -1), table, target, kind);
      return fittedPipeline([...before.fitted, last.fit(before.table, target, kind)]);
    },
    fitTransform(table, target, kind) {
      const all = fitSteps(inOrder, table, target, kind);
      return { fitted: fittedPipeline(all.fitted), table: all.table };
    },
  };
}

function fitSteps(
  steps: readonly Transformer[],
  table: ColumnTable,
  target: TargetVector | undefined,
  kind: TargetKind | undefined,
): { readonly fitted: readonly FittedTransformer[]; readonly table: ColumnTable } {
  let current = plainTable(table);
  const fitted = steps.map((step) => {
    const made = fitTransform(step, current, target, kind);
    current = made.table;
    return made.fitted;
  });
  return { fitted, table: current };
}
