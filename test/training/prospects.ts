// A small conversion problem made from a seed: numbers, strings, a boolean, missing values, and a signal to find.
import type { ColumnTable } from 'arquero';
import { z } from 'zod';
import { createRandom } from '../../src/core/random.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

const PLANS = ['free', 'pro', 'team'];

export const prospect = defineFeatures({
  row: z.object({
    age: z.number().min(0).nullable(),
    visits: z.int().min(0),
    plan: z.string().nullable(),
    active: z.boolean(),
  }),
  target: { column: 'converted', task: 'binary', positive: 'yes' },
});

/** Columns age, visits, plan, active, and the targets converted (yes, no), plan_next (three classes), spend (a number). */
export function makeProspects(nRows: number, seed = 1): ColumnTable {
  const random = createRandom(seed);
  const age = new Float64Array(nRows);
  const visits = new Float64Array(nRows);
  const plan = new Int32Array(nRows);
  const active = new Int8Array(nRows);
  const converted = new Int32Array(nRows);
  const spend = new Float64Array(nRows);
  for (let row = 0; row < nRows; row++) {
    age[row] = random.next() < 0.1 ? Number.NaN : 20 + random.integer(50);
    visits[row] = random.integer(30);
    plan[row] = random.next() < 0.05 ? -1 : random.integer(PLANS.length);
    active[row] = random.integer(2);
    const score = 0.15 * ((visits[row] as number) - 15) + (plan[row] === 1 ? 1 : 0) + (active[row] as number) - 0.5;
    converted[row] = random.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    spend[row] = 10 * score + random.normal();
  }
  return makeTable([
    ['age', age],
    ['visits', visits],
    ['plan', new DictionaryColumn(plan, PLANS)],
    ['active', new BooleanColumn(active)],
    ['converted', new DictionaryColumn(converted, ['no', 'yes'])],
    [
      'plan_next',
      new DictionaryColumn(
        converted.map((code, row) => (code === 0 ? 0 : 1 + (active[row] as number))),
        PLANS,
      ),
    ],
    ['spend', spend],
  ]);
}
