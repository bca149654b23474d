import type { FittedTransformer, Transformer } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
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
    fit(table, target) {
      let current = plainTable(table);
      const fitted: FittedTransformer[] = [];
      for (const step of inOrder) {
        const previous = fitted.at(-1);
        if (previous !== undefined) current = previous.transform(current);
        fitted.push(step.fit(current, target));
      }
      return fittedPipeline(fitted);
    },
  };
}
