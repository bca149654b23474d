// What the server and the workers of the mixed load work with, from one folder.
import { join } from 'node:path';
import { csv } from '../../src/loaders/csv/csv.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import type { WorkOptions } from '../../src/serving/jobs/work-options.js';
import { makeTable } from '../../src/table/make-table.js';
import { createTrainer } from '../../src/training/create-trainer.js';

const N = 2000;
const x = Float64Array.from({ length: N }, (_, i) => (i * 37) % 101);
const table = makeTable([
  ['x', x],
  ['y', x.map((value, i) => Number(value + (i % 13) > 50))],
]);

/** Recipes: `small` trains on 2,000 rows, `large` on the folder's rows.csv. */
export function mixedWork(folder: string): WorkOptions {
  const target = { column: 'y', task: 'binary', positive: 1 } as const;
  return {
    trainer: createTrainer({ registry: fileRegistry(join(folder, 'models')) }),
    recipes: {
      small: ({ name = 'trained' }) => ({ name: String(name), data: table, target, model: 'logistic' }),
      large: () => ({ name: 'large', data: csv(join(folder, 'rows.csv')), target, model: 'lightgbm' }),
    },
    artifacts: join(folder, 'artifacts'),
  };
}
