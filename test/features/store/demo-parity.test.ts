// The demo's own view over its own data: what is looked up is what is stored, and what the row path computes, for everybody.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cell, RowData } from '../../../src/core/cell.js';
import { buildTrainingSet } from '../../../src/features/build-training-set.js';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import type { FeatureView } from '../../../src/features/view-types.js';
import { csv } from '../../../src/loaders/csv/csv.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Part of an example, which is JavaScript on the built package. */
function example(name: string): Promise<Record<string, unknown>> {
  return import(new URL(`../../../examples/prospects/${name}`, import.meta.url).href);
}

/** NaN and null are missing, and -0 is another number than 0. */
function isSame(a: unknown, b: unknown): boolean {
  const [first, second] = [a, b].map((cell) => (cell === null || Number.isNaN(cell) ? null : cell));
  return Object.is(first, second);
}

test('features are the same offline, online and computed, for all 20,000 prospects', { timeout: 120_000 }, async () => {
  const { prospectView, allProspects } = await example('features.js');
  const { generate } = await example('generate.js');
  const view = prospectView as FeatureView<Readonly<Record<string, Cell>>, 'usage_actions', 'prospects'>;
  await (generate as (to: string, seed: number) => Promise<unknown>)(folder, 7);
  const files = ['customers', 'noncustomers', 'usage_actions'].map(
    (name) => [name, join(folder, `${name}.csv`)] as const,
  );
  const tables = await csv(Object.fromEntries(files)).load();
  const prospects = (allProspects as (of: typeof tables) => ColumnTable)(tables);
  const sources = { prospects, usage_actions: tables.usage_actions as ColumnTable };

  const store = createFeatureStore({ dir: join(folder, 'store'), views: { prospects: view } });
  const moments = { table: prospects, time: 'trial_end' };
  for (const until of ['2026-05-01', '2026-08-01']) {
    await store.build('prospects', sources, { moments, until: new Date(until) });
    await store.materialise('prospects');
  }
  const labels = { ...moments, label: 'converted' };
  const computed = (await buildTrainingSet(view, labels, sources)).objects() as Record<string, unknown>[];
  const stored = (await store.trainingSet('prospects', labels)).table.objects() as Record<string, unknown>[];
  const looked = await store.getMany(
    'prospects',
    computed.map(({ prospect_id }) => String(prospect_id)),
  );
  const events = new Map<unknown, RowData[]>();
  for (const event of sources.usage_actions.objects() as RowData[]) {
    events.set(event.prospect_id, [...(events.get(event.prospect_id) ?? []), event]);
  }

  let nDifferent = 0;
  for (const [position, expected] of computed.entries()) {
    const usage_actions = events.get(String(expected.prospect_id)) ?? [];
    const attributes = { prospects: prospects.object(position) as RowData };
    const online = view.online({ usage_actions }, attributes, expected.trial_end as Date);
    for (const row of [stored[position], looked[position], online]) {
      if (!view.features.every(({ name }) => isSame((row as Record<string, unknown>)[name], expected[name])))
        nDifferent += 1;
    }
  }
  expect({ nDifferent, nRows: computed.length }).toEqual({ nDifferent: 0, nRows: 20_000 });
});
