import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryOnlineStore } from '../../../src/features/online/memory-online-store.js';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import {
  instant,
  type LabelRow,
  labelTable,
  onlineInput,
  someEvents,
  someLabels,
  sourceTables,
  view,
} from '../naive-features.js';

const WHO = ['ann', 'bob', 'cem', 'dee', 'eve', 'nobody'];
let root = '';
let nStores = 0;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'features-'));
});
afterEach(() => {
  vi.useRealTimers();
  return rm(root, { recursive: true });
});

const open = (dir: string, ttlDays?: number) =>
  createFeatureStore({
    dir,
    views: { people: view },
    online: memoryOnlineStore(),
    ttlDays: ttlDays === undefined ? {} : { people: ttlDays },
  });
const moments = (labels: readonly LabelRow[]) => ({
  moments: { table: labelTable(labels), time: 'asOf' },
  until: new Date(instant(1000)),
});

test('what comes online bit by bit is what comes online at once, and what the row path computes', {
  timeout: 120_000,
}, async () => {
  const batches = fc.array(someLabels, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(someEvents, batches, fc.array(fc.boolean()), async (events, labels, skips) => {
      const dir = join(root, String(nStores++));
      const [bitByBit, atOnce] = [open(dir), open(dir)];
      for (const [position, batch] of labels.entries()) {
        await bitByBit.build('people', sourceTables(events), { ...moments(batch), full: skips[position] === true });
        if (skips[position] !== true) await bitByBit.materialise('people');
      }
      await bitByBit.materialise('people');
      expect(await bitByBit.materialise('people')).toMatchObject({ nWritten: 0, nRemoved: 0 });
      await atOnce.materialise('people');
      const rows = await atOnce.getMany('people', WHO);
      expect(await bitByBit.getMany('people', WHO)).toEqual(rows);
      for (const [position, who] of WHO.entries()) {
        const last = Math.max(...labels.flat().flatMap((label) => (label.who === who ? [label.eighths] : [])));
        const [actions, people] = onlineInput(events, { who, eighths: last });
        const expected = last < 0 ? undefined : view.online({ actions }, { people }, instant(last));
        expect(rows[position]).toEqual(expected);
      }
    }),
    { numRuns: 12 },
  );
});

const EVENTS = [{ who: 'ann', eighths: 1, action: 'a', amount: 1, paid: true }];

test('going back to an earlier version takes away what that does not have', async () => {
  const store = open(join(root, 'back'));
  await store.build('people', sourceTables(EVENTS), moments([{ who: 'ann', eighths: 2 }]));
  await store.build(
    'people',
    sourceTables(EVENTS),
    moments([
      { who: 'bob', eighths: 2 },
      { who: 'ann', eighths: 80 },
    ]),
  );
  expect(await store.materialise('people')).toMatchObject({ version: 2, nWritten: 2, nRemoved: 0 });
  expect(await store.materialise('people', { version: 1 })).toMatchObject({ version: 1, nWritten: 1, nRemoved: 1 });
  expect(await store.getMany('people', ['ann', 'bob'])).toEqual([expect.objectContaining({ count3d: 1 }), undefined]);
});

test('a version that was built in full replaces all that is online', async () => {
  const store = open(join(root, 'full'));
  const first = WHO.map((who) => ({ who, eighths: 2 }));
  await store.build('people', sourceTables(EVENTS), moments(first));
  await store.materialise('people');
  const more = [...EVENTS, { who: 'bob', eighths: 1, action: 'a', amount: 1, paid: true }];
  await store.build('people', sourceTables(more), { ...moments([{ who: 'ann', eighths: 9 }]), full: true });
  expect(await store.materialise('people')).toMatchObject({ nWritten: 6 });
  expect(await store.get('people', 'bob')).toMatchObject({ all: 1 });
});

test('only entities with new rows are written again', async () => {
  const store = open(join(root, 'new'));
  const first = WHO.map((who) => ({ who, eighths: 2 }));
  await store.build('people', sourceTables(EVENTS), moments(first));
  expect(await store.materialise('people')).toMatchObject({ nWritten: 6 });
  await store.build(
    'people',
    sourceTables(EVENTS),
    moments([...first, { who: 'ann', eighths: 9 }, { who: 'bob', eighths: 1 }]),
  );
  expect(await store.materialise('people')).toMatchObject({ nWritten: 1 });
});

test('features past their time to live are an error of their own, then gone', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: instant(16) });
  const dir = join(root, 'ttl');
  const store = open(dir, 1);
  await store.build('people', sourceTables(EVENTS), { at: new Date(instant(16)) });
  await store.materialise('people');
  vi.setSystemTime(instant(24));
  expect(await store.get('people', 'ann')).toMatchObject({ all: 1 });
  vi.setSystemTime(instant(24) + 1);
  await expect(store.get('people', 'ann')).rejects.toMatchObject({ code: 'FEATURES_EXPIRED' });
  expect(await store.getMany('people', ['ann'])).toEqual([undefined]);
  expect(await open(dir).materialise('people')).toMatchObject({ nWritten: 4 });
});

test('a training set takes no stored row that is older than the time to live', async () => {
  const dir = join(root, 'old');
  const [ever, aDay] = [open(dir), open(dir, 1)];
  await ever.build('people', sourceTables(EVENTS), moments([{ who: 'ann', eighths: 2 }]));
  const labels = [1, 2, 10, 11].map((eighths) => ({ who: 'ann', eighths }));
  const asked = { table: labelTable(labels), time: 'asOf', label: 'won' };
  const counts = async (store: typeof ever) =>
    Array.from((await store.trainingSet('people', asked)).table.array('all'));
  expect(await counts(ever)).toEqual([Number.NaN, 1, 1, 1]);
  expect(await counts(aDay)).toEqual([Number.NaN, 1, 1, Number.NaN]);
});
