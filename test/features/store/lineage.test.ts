import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import { featureUsers, modelLineage } from '../../../src/registry/feature-users.js';
import { memoryRegistry } from '../../../src/testing/memory-registry.js';
import { createTrainer } from '../../../src/training/create-trainer.js';
import { instant, labelTable, sourceTables, view } from '../naive-features.js';
import { manyEvents } from './many-events.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lineage-'));
});
afterEach(() => rm(dir, { recursive: true }));

const labels = labelTable(manyEvents.map(({ who, eighths }) => ({ who: String(who), eighths })));

test('lineage leads from a model to the version it was trained on, and from a version to its models', async () => {
  const registry = memoryRegistry();
  const trainer = createTrainer({ registry });
  const store = createFeatureStore({ dir, views: { people: view }, codeVersion: 'abc123' });
  for (const step of [20, 40]) await store.build('people', sourceTables(manyEvents), { at: new Date(instant(step)) });
  const request = { target: { column: 'won' }, model: 'constant' } as const;
  for (const version of [1, 2, 2]) {
    const { table, lineage } = await store.trainingSet(
      'people',
      { table: labels, time: 'asOf', label: 'won' },
      { version },
    );
    await trainer.train({ ...request, name: `from-${version}`, data: table, lineage });
    await trainer.train({ ...request, name: 'elsewhere', data: table });
  }
  const { schemaHash, codeVersion } = await store.version('people', 2);
  expect(codeVersion).toBe('abc123');
  expect(await modelLineage(registry, 'from-2/2')).toEqual({ view: 'people', version: 2, schemaHash });
  expect(await modelLineage(registry, 'elsewhere')).toBeUndefined();
  const users = async (version?: number) =>
    (await featureUsers(registry, 'people', version)).map(({ model }) => `${model.name}/${model.version}`);
  expect(await users()).toEqual(['from-1/1', 'from-2/1', 'from-2/2']);
  expect(await users(2)).toEqual(['from-2/1', 'from-2/2']);
  expect(await users(3)).toEqual([]);
  expect(await featureUsers(registry, 'other')).toEqual([]);
});

test('a model whose lineage is damaged is named', async () => {
  const registry = memoryRegistry();
  await registry.put(
    'adult',
    new Map([['training.json', new TextEncoder().encode('{"lineage":{"features":{"view":1}}}')]]),
  );
  await registry.put('other', new Map([['model.txt', new Uint8Array()]]));
  await expect(featureUsers(registry, 'people')).rejects.toMatchObject({
    code: 'BUNDLE_INVALID',
    message: 'adult/1: training.json is cut off or altered',
  });
  expect(await modelLineage(registry, 'other')).toBeUndefined();
});
