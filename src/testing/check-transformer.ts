// The promises of a preprocessing step, as a suite for the library's own steps and for users': `await checkTransformer(() => myStep(), …)`.
import type { ColumnTable } from 'arquero';
import type { TargetVector, Transformer, TransformerReader } from '../core/transformer.js';
import { plainTable } from '../table/plain-table.js';
import { keepPromises } from './promises.js';
import { fitPromises } from './transformer-fit-promises.js';
import { pathPromises } from './transformer-path-promises.js';
import type { TransformerSubject } from './transformer-subject.js';
import { jsonOf } from './transformer-subject.js';
import { tablePromises } from './transformer-table-promises.js';

/** What to check a step with. */
export interface TransformerChecks {
  /** Rows to fit on and to encode; best with missing cells and several categories. */
  readonly table: ColumnTable;
  /** Makes the step again from its plain data. */
  readonly read: TransformerReader;
  /** For a step that learns from the target: numbers [nRows]. */
  readonly target?: TargetVector | undefined;
}

/**
 * Checks the promises of {@link Transformer}: fit changes nothing; transform makes the declared columns, keeps the rows and
 * passes other columns on by reference; the table path, the row path and the step read back from JSON agree to the bit, also
 * for missing cells, categories never seen and other values that are not in the table.
 * @param make Makes the step afresh, with the same settings every time
 * @throws AggregateError that lists every promise that does not hold
 *
 * @example
 * ```ts
 * test('keeps the promises of a step', async () => {
 *   await checkTransformer(() => impute(), { table, read: readTransformer });
 * });
 * ```
 */
export async function checkTransformer(
  make: () => Transformer,
  { table, read, target }: TransformerChecks,
): Promise<void> {
  const promises = { ...fitPromises, ...tablePromises, ...pathPromises };
  await keepPromises('checkTransformer', promises, (): TransformerSubject => {
    const plain = plainTable(table);
    const fitted = make().fit(plain, target);
    return { make, table: plain, target, fitted, copy: read(jsonOf(fitted)) };
  });
}
