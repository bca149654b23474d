import { describe, expect, test } from 'vitest';
import type { Trainer } from '../../../src/core/trainer.js';
import { trainJob } from '../../../src/serving/jobs/train-job.js';
import { memoryRegistry } from '../../../src/testing/memory-registry.js';

const input = { recipe: 'r', params: {}, experiment: null };
const files = () => new Map([['metrics.json', Buffer.from('{"auc":{"mean":0.5}}')]]);

/** A trainer that registers and counts; `before` runs in the middle of a training. */
function counting(before: (trainer: Trainer, name: string) => Promise<void> = async () => {}) {
  const registry = memoryRegistry();
  const trainer = {
    registry,
    calls: 0,
    async train({ name, tags }: Parameters<Trainer['train']>[0]) {
      trainer.calls += 1;
      await before(trainer as never, name);
      return { version: await registry.put(name, files(), { tags }), warnings: [] };
    },
  };
  const handler = trainJob(trainer as never, { r: () => ({ name: 'm' }) as never });
  return { registry, trainer, handler };
}

describe('trainJob', () => {
  test('leaves one version however often a job is started', async () => {
    const { registry, trainer, handler } = counting();
    const first = await handler(input, { jobId: 'j1' });
    expect(await handler(input, { jobId: 'j1' })).toEqual(first);
    expect(first).toEqual({ model: 'm', version: 1, metrics: { auc: { mean: 0.5 } }, warnings: [] });
    expect([trainer.calls, (await registry.versions('m')).length]).toEqual([1, 1]);
    expect(await handler(input, { jobId: 'j2' })).toMatchObject({ version: 2 });
  });

  test('takes the version of another attempt that was first, and deletes its own', async () => {
    const { registry, handler } = counting(async (trainer, name) => {
      await trainer.registry.put(name, files(), { tags: { 'tabwright.job': 'j1' } });
    });
    expect(await handler(input, { jobId: 'j1' })).toMatchObject({ version: 1 });
    expect((await registry.versions('m')).map(({ version }) => version)).toEqual([1]);
  });

  test('refuses a recipe that is no longer there', async () => {
    const { handler } = counting();
    await expect(handler({ ...input, recipe: 'gone' }, { jobId: 'j' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});
