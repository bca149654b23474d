import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildTrainingSet } from '../../../src/features/build-training-set.js';
import { memoryOnlineStore } from '../../../src/features/online/memory-online-store.js';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import { instant, labelTable, someEvents, someLabels, sourceTables, view } from '../naive-features.js';

let root = '';
let nStores = 0;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'features-'));
});
afterEach(() => rm(root, { recursive: true }));

const newStore = () =>
  createFeatureStore({ dir: join(root, String(nStores++)), views: { people: view }, online: memoryOnlineStore() });

/** Every row as an object, missing as null. */
function rowsOf(table: ColumnTable): Record<string, unknown>[] {
  return table
    .objects()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, Number.isNaN(cell) ? null : cell])),
    );
}

test('versions built bit by bit hold the rows of one that is built at once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      someEvents,
      someLabels,
      fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 3 }),
      async (events, labels, steps) => {
        const tables = sourceTables(events);
        const moments = { table: labelTable(labels), time: 'asOf' };
        const store = newStore();
        for (const eighths of [...steps, 1000].sort((a, b) => a - b)) {
          const until = new Date(instant(eighths));
          const before = events.filter((event) => event.eighths < eighths);
          await store
            .build('people', sourceTables(before), { moments, until })
            .catch((error) => expect(error.code).toBe('DATA_EMPTY'));
        }
        const rows = rowsOf(await store.read('people'));
        await store.build('people', tables, { moments, until: new Date(instant(1000)), full: true });
        expect(rowsOf(await store.read('people'))).toEqual(rows);
        const set = await buildTrainingSet(view, { ...moments, label: 'won' }, tables);
        const { table } = await store.trainingSet('people', { ...moments, label: 'won' });
        expect(rowsOf(table)).toEqual(rowsOf(set));
      },
    ),
    { numRuns: 15 },
  );
});
