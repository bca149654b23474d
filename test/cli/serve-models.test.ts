import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelFlags } from '../../src/cli/serve-models.js';
import { openModels } from '../../src/cli/serve-models.js';
import { partsOf } from '../../src/core/live-predictor.js';
import { silentLogger } from '../../src/core/logger.js';
import type { BundleFiles, Registry } from '../../src/core/registry.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { twoVersions } from '../prediction/two-versions.js';

let files: readonly BundleFiles[];
beforeAll(async () => {
  files = await twoVersions();
});

async function twoModels(): Promise<Registry> {
  const registry = memoryRegistry();
  for (const name of ['m', 'n']) {
    for (const each of files) await registry.put(name, each);
    await registry.setAlias(name, 'next', 2);
  }
  return registry;
}

async function open(flags: ModelFlags, registry?: Registry) {
  const served = await openModels(flags, registry ?? (await twoModels()), silentLogger);
  const parts = Object.entries(served.predictors).flatMap(([name, predictor]) =>
    partsOf(predictor).map(({ role, predictor: { current } }) => `${name} ${role} ${current.name}/${current.version}`),
  );
  return { ...served, parts };
}

describe('the models of serve', () => {
  it('stand alone, or with a shadow and a canary', async () => {
    const { parts, predictors } = await open({
      model: ['m', 'n/2'],
      shadow: ['m=n@next'],
      canary: ['m=m@next:0.25:plan'],
    });
    expect(parts).toEqual(['m stable m/1', 'm canary m/2', 'm shadow n/2', 'n undefined n/2']);
    const row = { age: 30, visits: 3, active: true };
    const plans = Array.from({ length: 200 }, (_, i) => `plan ${i}`);
    const byCanary = plans.filter((plan) => predictors.m?.predictOne({ ...row, plan }).version === 2);
    expect(byCanary.length).toBeGreaterThan(30);
    expect(byCanary.length).toBeLessThan(70);
  });

  it('follow the aliases of every flag', async () => {
    const registry = await twoModels();
    const { predictors, follow } = await open({ model: ['m', 'n/1'], shadow: ['m=n@next'], follow: '0.01' }, registry);
    const ended = new AbortController();
    const following = follow(ended.signal);
    await registry.setAlias('m', 'champion', 2);
    await registry.setAlias('n', 'next', 1);
    await registry.setAlias('n', 'champion', 2);
    const versions = () =>
      Object.values(predictors).flatMap((each) => partsOf(each).map((part) => part.predictor.current.version));
    await expect.poll(versions).toEqual([2, 1, 1]);
    ended.abort();
    await following;
    expect(versions()).toEqual([2, 1, 1]);
  });

  it.each<[string, ModelFlags]>([
    ['a model twice', { model: ['m', 'm/2'] }],
    ['a shadow of what is not served', { model: ['m'], shadow: ['n=m'] }],
    ['a shadow of no form', { model: ['m'], shadow: ['m'] }],
    ['a canary without a column', { model: ['m'], canary: ['m=m@next:0.5'] }],
    ['a canary of more than all', { model: ['m'], canary: ['m=m@next:1.5:plan'] }],
    ['a pause of nothing', { model: ['m'], follow: '0' }],
    ['a pause of no number', { model: ['m'], follow: 'often' }],
  ])('refuse %s', async (_what, flags) => {
    await expect(open(flags)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
