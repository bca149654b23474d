// A build or materialisation that is killed, or whose disk is full, leaves the versions and what is online whole.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import { type Fault, watchFiles } from '../../core/faulty-files.js';
import { type Child, childStarter } from '../../registry/start-child.js';
import { instant, sourceTables, view } from '../naive-features.js';
import { manyEvents } from './many-events.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const { faultyFiles } = await import('../../core/faulty-files.js');
  return faultyFiles(await importOriginal());
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (dir: string) => createFeatureStore({ dir, views: { people: view } });
const at = (eighths: number) => ({ at: new Date(instant(eighths)) });

/** Reads every version with its digests; gives their numbers and rows. */
async function wholeVersions(dir: string): Promise<[version: number, nRows: number][]> {
  const store = open(dir);
  const found: [number, number][] = [];
  for (const { version, nRows } of await store.versions('people')) {
    const rows = await store.read('people', version);
    expect(rows.numRows()).toBe(nRows);
    found.push([version, nRows]);
  }
  return found;
}

test('a process killed with SIGKILL at any moment leaves whole versions, and the next one goes on', async () => {
  const start = await childStarter(folder, new URL('./store-child.ts', import.meta.url));
  const dir = join(folder, 'store');
  const random = createRandom(3);
  let nKilled = 0;
  let last = 0;
  for (let round = 0; round < 8; round++) {
    const child: Child = start(dir, String(last + 1), '1000');
    await child.started;
    await setTimeout(random.next() * 60);
    child.process.kill('SIGKILL');
    const { lines, errors } = await child.ended;
    expect(errors).toBe('');
    const versions = await wholeVersions(dir);
    expect(versions.map(([version]) => version)).toEqual(versions.map((_, i) => i + 1));
    last = versions.length;
    expect(last).toBeGreaterThanOrEqual(Number(lines.at(-1)?.version));
    nKilled += Number(child.process.signalCode === 'SIGKILL');
    await open(dir).materialise('people');
    const { all } = await open(dir).get('people', 'person 7');
    expect(all).toBe(Math.min(last, 60));
  }
  expect(nKilled).toBe(8);
}, 120_000);

const FEW = sourceTables(manyEvents.slice(0, 120));
const CHANGES = {
  build: (dir: string) => open(dir).build('people', FEW, at(30)),
  materialise: (dir: string) => open(dir).materialise('people'),
} as const;

/** A store in a known state. */
async function prepared(change: string): Promise<string> {
  const dir = join(folder, change);
  await open(dir).build('people', FEW, at(10));
  await open(dir).materialise('people');
  if (change === 'materialise') await open(dir).build('people', FEW, at(30));
  return dir;
}

const onlineCount = async (dir: string) => (await open(dir).get('people', 'person 1')).all;

test.each([
  ['build', 'dead'],
  ['build', 'full'],
  ['materialise', 'dead'],
  ['materialise', 'full'],
] as const)(
  'a %s of which the disk is %s from some call on leaves the old state or the new one',
  { timeout: 120_000 },
  async (change, how) => {
    const known = await prepared(change);
    const before = await wholeVersions(known);
    let nFailed = 0;
    // Every third call, others for one fault than for the other.
    for (let call = how === 'dead' ? 0 : 1; ; call += 3) {
      const dir = join(folder, String(call));
      await cp(known, dir, { recursive: true });
      const fault: Fault = { call, how };
      const { calls, error } = await watchFiles(() => CHANGES[change](dir), fault);
      if (calls.length <= call) break;
      if (error !== undefined) nFailed += 1;
      const after = await wholeVersions(dir);
      if (change === 'build') {
        const old = before.length;
        expect(after.length, `${calls[call]}`).toBeGreaterThanOrEqual(old);
        expect(after.slice(0, old)).toEqual(before);
        if (error === undefined) expect(after.length).toBe(old + 1);
      } else {
        expect(after).toEqual(before);
        expect([10, 30]).toContain(await onlineCount(dir));
      }
      if (how === 'full' && error !== undefined) expect(error).toMatchObject({ code: 'STORAGE_FULL' });
      // What failed can be done again.
      await CHANGES[change](dir);
      if (change === 'materialise') expect(await onlineCount(dir)).toBe(30);
      else expect((await wholeVersions(dir)).length).toBe(2);
    }
    expect(nFailed).toBeGreaterThan(5);
  },
);
