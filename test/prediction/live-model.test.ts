import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LivePredictor } from '../../src/core/live-predictor.js';
import type { BundleFiles, Registry } from '../../src/core/registry.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { rowMaker } from '../../src/schema/row-maker.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { makeProspects, prospect } from '../training/prospects.js';
import { brokenCopy, twoVersions } from './two-versions.js';

const data = makeProspects(60);
const rowAt = rowMaker(data, prospect.spec);
const rows = Array.from({ length: 60 }, (_, i) => rowAt(i));
let files: readonly BundleFiles[];
let registry: Registry;
let predictor: LivePredictor;
let expected: readonly (readonly number[])[];

beforeAll(async () => {
  files = await twoVersions();
});

async function start(): Promise<void> {
  registry = memoryRegistry();
  for (const each of files) await registry.put('m', each);
  predictor = await createPredictor({ registry, model: 'm' });
  const other = await createPredictor({ registry, model: 'm/2' });
  expected = [predictor, other].map((each) => each.predictBatch(rows).map(({ score }) => score));
}

/** What one version says of every row; the version that said it. */
function predictAll(): number {
  const answers = [
    predictor.predictBatch(rows),
    predictor.predictTable(data),
    [predictor.predictOne(rows[0] as never)],
  ];
  for (const answer of answers) {
    const version = answer[0]?.version as number;
    expect(answer.map((each) => each.version)).toEqual(answer.map(() => version));
    expect(answer.map(({ score }) => score)).toEqual(expected[version - 1]?.slice(0, answer.length));
  }
  return answers[0]?.[0]?.version as number;
}

describe('a model that is swapped', () => {
  it('1,000 times under load answers every request, and each by one version', async () => {
    await start();
    let isOver = false;
    const seen = { 1: 0, 2: 0 } as Record<number, number>;
    const load = async () => {
      while (!isOver) {
        const version = predictAll();
        seen[version] = (seen[version] ?? 0) + 1;
        await setImmediate();
      }
    };
    const loads = [load(), load(), load()];
    for (let i = 0; i < 1000; i++) {
      const version = (i % 2) + 1;
      await registry.setAlias('m', 'champion', version);
      expect((await predictor.reload()).version).toBe(version);
      if (i % 5 === 0) await setImmediate();
    }
    isOver = true;
    await Promise.all(loads);
    expect(Object.keys(seen)).toEqual(['1', '2']);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  it('never serves a version that does not give its golden scores again', async () => {
    await start();
    for (const [i, broken] of brokenCopy(files[1] as BundleFiles).entries()) {
      const { version } = await registry.put('m', broken);
      await registry.setAlias('m', 'champion', version);
      await expect(predictor.reload(), `copy ${i}`).rejects.toMatchObject({ name: 'TabwrightError' });
      expect(predictAll()).toBe(1);
      expect(predictor.previous).toBeUndefined();
    }
  });

  it('is served in the order that was asked for, however long a load takes', async () => {
    await start();
    const slow: Registry = Object.create(registry);
    const waiting: (() => void)[] = [];
    slow.read = async (name, version) => {
      if (version === 2) await new Promise<void>((resolve) => waiting.push(resolve));
      return registry.read(name, version);
    };
    const own = await createPredictor({ registry: slow, model: 'm/1' });
    const first = own.reload('m/2');
    const second = own.reload('m/1');
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.();
    expect((await first).version).toBe(2);
    expect((await second).version).toBe(1);
    expect(own.current.version).toBe(1);
  });
});

describe('rollback', () => {
  it('serves the version before at once, with no registry, and comes back', async () => {
    await start();
    await predictor.reload('m/2');
    expect(predictor.previous?.version).toBe(1);
    registry.get = () => Promise.reject(new Error('the registry is gone'));
    registry.read = registry.get as never;
    expect(predictor.rollback().version).toBe(1);
    expect(predictAll()).toBe(1);
    expect(predictor.previous?.version).toBe(2);
    expect(predictor.rollback().version).toBe(2);
    expect(predictAll()).toBe(2);
  });

  it('has nowhere to go before the first swap', async () => {
    await start();
    expect(() => predictor.rollback()).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }));
    expect(predictAll()).toBe(1);
  });

  it('is not lost by a reload of the version that serves', async () => {
    await start();
    await predictor.reload('m/2');
    await predictor.reload('m/2');
    expect(predictor.rollback().version).toBe(1);
  });
});
