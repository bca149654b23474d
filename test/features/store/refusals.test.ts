// What a feature store refuses, each with its code; and what stays as it was then.
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineView } from '../../../src/features/define-view.js';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import { instant, labelTable, sourceTables, view } from '../naive-features.js';
import { manyEvents } from './many-events.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'features-'));
});
afterEach(() => rm(dir, { recursive: true }));

const changed = defineView({
  entity: 'who',
  sources: { actions: { time: 'at' } },
  features: {
    all: { from: 'actions', take: 'count', days: 7 },
    sum3d: { from: 'actions', take: 'sum', column: 'amount', days: 3 },
    spent: { from: 'actions', take: 'sum', column: 'amount' },
  },
});
const open = () => createFeatureStore({ dir, views: { people: view } });
const openChanged = () => createFeatureStore({ dir, views: { people: changed } });
const tables = sourceTables(manyEvents);
const at = (eighths: number) => ({ at: new Date(instant(eighths)) });
const code = (expected: string, message?: string) =>
  expect.objectContaining({
    code: expected,
    ...(message === undefined ? {} : { message: expect.stringContaining(message) }),
  });

async function built() {
  const store = open();
  await store.build('people', tables, at(10));
  await store.materialise('people');
  return store;
}

describe('a feature store', () => {
  test('names the nearest view where it has none of the name', async () => {
    const store = open() as ReturnType<typeof createFeatureStore>;
    await expect(store.get('poeple', 'ann')).rejects.toThrowError(code('FEATURES_NOT_FOUND', 'did you mean people?'));
    await expect(store.versions('people')).rejects.toThrowError(code('FEATURES_NOT_FOUND'));
    await expect(store.read('people', 1)).rejects.toThrowError(code('FEATURES_NOT_FOUND'));
    await expect(store.version('../people')).rejects.toThrowError(code('NAME_INVALID'));
    expect(await store.views()).toEqual([]);
  });

  test('says what is missing: a build, a materialisation, an entity, a version', async () => {
    const store = open();
    await expect(store.get('people', 'ann')).rejects.toThrowError(code('FEATURES_NOT_FOUND', 'build and materialise'));
    await store.build('people', tables, at(10));
    await expect(store.get('people', 'person 1')).rejects.toThrowError(code('FEATURES_NOT_FOUND', 'is not online'));
    await store.materialise('people');
    await expect(store.get('people', 'nobody')).rejects.toThrowError(
      code('FEATURES_NOT_FOUND', 'no features of the entity'),
    );
    await expect(store.get('people', 1)).rejects.toThrowError(code('FEATURES_NOT_FOUND'));
    await expect(store.read('people', 2)).rejects.toThrowError(code('FEATURES_NOT_FOUND', 'has no version 2'));
  });

  test('refuses a changed view until it is built in full, and then compares the two', async () => {
    await built();
    const store = openChanged();
    for (const call of [
      () => store.build('people', tables, at(20)),
      () => store.materialise('people'),
      () => store.get('people', 'person 1'),
      () =>
        store.trainingSet('people', { table: labelTable([{ who: 'ann', eighths: 9 }]), time: 'asOf', label: 'won' }),
    ]) {
      await expect(call()).rejects.toThrowError(code('FEATURES_CHANGED'));
    }
    await store.build('people', tables, { ...at(20), full: true });
    await store.materialise('people');
    expect((await store.get('people', 'person 1')).all).toBe(20);
    expect((await open().get('people', 'person 1')).count3d).toBe(10);
    const { added, removed, changed: other, nRows, features } = await store.diff('people', 1, 2);
    expect({ added, other, nRows }).toEqual({ added: ['spent'], other: ['all'], nRows: { from: 44, to: 84 } });
    expect(removed).toContain('plan');
    expect(features.find(({ name }) => name === 'all')).toEqual({
      name: 'all',
      missing: { from: 0, to: 0 },
      mean: { from: 400 / 44, to: 1200 / 84 },
    });
  });

  test.each([
    ['gained an event', [...manyEvents, { who: 'person 1', eighths: 3, action: 'a', amount: 1, paid: true }]],
    ['lost an event', manyEvents.slice(1)],
    ['has another amount', manyEvents.map((event, i) => (i === 5 ? { ...event, amount: -1 } : event))],
    ['has another time', manyEvents.map((event, i) => (i === 5 ? { ...event, eighths: 4 } : event))],
    ['has another flag', manyEvents.map((event, i) => (i === 5 ? { ...event, paid: true } : event))],
    ['has another entity', manyEvents.map((event, i) => (i === 5 ? { ...event, who: 'person 1' } : event))],
    ['has another action', manyEvents.map((event, i) => (i === 5 ? { ...event, action: 'z' } : event))],
  ])('refuses to carry rows over where the past %s', async (_, events) => {
    const store = await built();
    const now = sourceTables(events);
    await expect(store.build('people', now, at(20))).rejects.toThrowError(code('FEATURES_CHANGED', 'source actions'));
    expect((await store.versions('people')).length).toBe(1);
    expect(await store.build('people', now, { ...at(20), full: true })).toMatchObject({ version: 2, nRows: 88 });
  });

  test('carries rows over where only the order, other entities or the time after changed', async () => {
    const store = await built();
    const later = [
      ...[...manyEvents].reverse(),
      { who: 'person 1', eighths: 10, action: 'a', amount: 1, paid: true },
      { who: 'somebody', eighths: 3, action: 'a', amount: 1, paid: true },
    ];
    const { parts, nEntities } = await store.build('people', sourceTables(later), at(20));
    expect({ parts: parts.map(({ nRows }) => nRows), nEntities }).toEqual({ parts: [44, 45], nEntities: 45 });
  });

  test.each([
    ['rows.parquet', 'is cut off or altered'],
    ['version.json', 'is cut off or altered'],
  ])('refuses a version whose %s is cut off, altered or lost', async (file, message) => {
    const store = await built();
    await store.build('people', tables, at(20));
    const path = join(dir, 'views/people/1', file);
    const bytes = await readFile(path);
    await truncate(path, bytes.length - 10);
    await expect(store.read('people', 1)).rejects.toThrowError(code('BUNDLE_INVALID', message));
    await rm(path);
    await expect(store.read('people', 1)).rejects.toThrowError(code('BUNDLE_INVALID', 'is missing'));
    if (file === 'rows.parquet') {
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(path, bytes);
      await expect(store.read('people', 2)).rejects.toThrowError(code('BUNDLE_INVALID', 'people/1: rows.parquet'));
    }
  });

  test('refuses a damaged online store', async () => {
    const store = await built();
    const [namespace = ''] = (await readdir(join(dir, 'online'))).filter((name) => name.startsWith('people.'));
    await writeFile(join(dir, 'online', namespace, '1', 'changes.ndjson'), '["sperson 1","[1]"]\n');
    await expect(store.get('people', 'person 1')).resolves.toMatchObject({ all: 10 });
    await expect(open().get('people', 'person 1')).rejects.toThrowError(code('BUNDLE_INVALID', 'changes.ndjson'));
  });

  test.each([
    [{}, 'OPTION_INVALID'],
    [{ at: new Date(Number.NaN) }, 'OPTION_INVALID'],
    [{ at: new Date(0), full: false, signal: AbortSignal.abort() }, 'CANCELLED'],
    [{ moments: { table: labelTable([]), time: 'asOf' } }, 'DATA_EMPTY'],
    [{ moments: { table: labelTable([{ who: 'ann', eighths: 1 }]), time: 'as_of' } }, 'VALIDATION_FAILED'],
    [{ moments: { table: labelTable([{ who: 'ann', eighths: 9 }]), time: 'asOf' }, until: new Date(0) }, 'DATA_EMPTY'],
  ])('refuses to build %j', async (request, expected) => {
    await expect(open().build('people', tables, request as never)).rejects.toThrowError(code(expected));
    expect(await readdir(dir)).toEqual([]);
  });

  test('refuses options that mean nothing', () => {
    const make = (options: object) => () => createFeatureStore({ dir, views: { people: view }, ...options });
    expect(make({ ttlDays: { other: 1 } })).toThrowError(code('OPTION_INVALID', 'other'));
    expect(make({ ttlDays: { people: 0 } })).toThrowError(code('OPTION_INVALID'));
    expect(make({ dir: '' })).toThrowError(code('OPTION_INVALID'));
    expect(make({ directory: dir })).toThrowError(code('OPTION_UNKNOWN'));
    expect(make({ views: { 'a/b': view } })).toThrowError(code('NAME_INVALID'));
  });
});
