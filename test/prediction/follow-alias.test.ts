import { beforeAll, describe, expect, it } from 'vitest';
import type { LivePredictor } from '../../src/core/live-predictor.js';
import type { Logger } from '../../src/core/logger.js';
import { silentLogger } from '../../src/core/logger.js';
import type { MetricLabels, Metrics } from '../../src/core/metrics.js';
import type { BundleFiles, Registry } from '../../src/core/registry.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { followAlias } from '../../src/prediction/follow-alias.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { brokenCopy, twoVersions } from './two-versions.js';

let files: readonly BundleFiles[];

beforeAll(async () => {
  files = await twoVersions();
});

interface Following {
  readonly registry: Registry;
  readonly predictor: LivePredictor;
  readonly warnings: string[];
  readonly counts: Record<string, number>;
  end(): Promise<void>;
}

async function follow(): Promise<Following> {
  const registry = memoryRegistry();
  for (const each of files) await registry.put('m', each);
  const predictor = await createPredictor({ registry, model: 'm' });
  const ended = new AbortController();
  const warnings: string[] = [];
  const counts: Record<string, number> = {};
  const logger = { ...silentLogger, warn: (...given: unknown[]) => warnings.push(String(given.at(-1))) } as Logger;
  const counter = () => (labels: MetricLabels) => {
    const key = `${labels.reference} ${labels.result}`;
    counts[key] = (counts[key] ?? 0) + 1;
  };
  const metrics = { counter } as unknown as Metrics;
  const options = { registry, reference: 'm@champion', intervalMs: 10, signal: ended.signal, logger, metrics };
  const following = followAlias(predictor, options);
  const end = async () => {
    ended.abort();
    await following;
  };
  return { registry, predictor, warnings, counts, end };
}

describe('followAlias', () => {
  it('goes along with the alias, there and back', async () => {
    const { registry, predictor, counts, end } = await follow();
    for (const version of [2, 1, 2]) {
      await registry.setAlias('m', 'champion', version);
      await expect.poll(() => predictor.current.version).toBe(version);
    }
    await end();
    expect(counts).toEqual({ 'm@champion ok': 3 });
    await registry.setAlias('m', 'champion', 1);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(predictor.current.version).toBe(2);
  });

  it('goes on with the last good version while the alias points at a broken one, and takes the next good one', async () => {
    const { registry, predictor, warnings, counts, end } = await follow();
    await registry.setAlias('m', 'champion', 2);
    await expect.poll(() => predictor.current.version).toBe(2);
    for (const broken of brokenCopy(files[0] as BundleFiles)) {
      const { version } = await registry.put('m', broken);
      const before = warnings.length;
      await registry.setAlias('m', 'champion', version);
      await expect.poll(() => warnings.length).toBeGreaterThan(before + 1);
      expect(predictor.current.version).toBe(2);
    }
    const { version } = await registry.put('m', files[0] as BundleFiles);
    await registry.setAlias('m', 'champion', version);
    await expect.poll(() => predictor.current.version).toBe(version);
    expect(predictor.previous?.version).toBe(2);
    expect(counts['m@champion failed']).toBe(warnings.length);
    await end();
  });

  it('outlives a registry that is away', async () => {
    const { registry, predictor, warnings, end } = await follow();
    const get = registry.get.bind(registry);
    registry.get = () => Promise.reject(new Error('connection refused'));
    await expect.poll(() => warnings.length).toBeGreaterThan(1);
    registry.get = get;
    await registry.setAlias('m', 'champion', 2);
    await expect.poll(() => predictor.current.version).toBe(2);
    await end();
  });

  it('leaves a predictor that was rolled back where it is, until the alias moves', async () => {
    const { registry, predictor, end } = await follow();
    await registry.setAlias('m', 'champion', 2);
    await expect.poll(() => predictor.current.version).toBe(2);
    // The question under way may still set the version that it saw.
    await new Promise((resolve) => setTimeout(resolve, 30));
    predictor.rollback();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(predictor.current.version).toBe(1);
    const { version } = await registry.put('m', files[1] as BundleFiles);
    await registry.setAlias('m', 'champion', version);
    await expect.poll(() => predictor.current.version).toBe(version);
    await end();
  });
});
