// Hours of bad luck in minutes: many processes on one registry, killed again and again.
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { expectConsistent } from '../registry/expect-consistent.js';
import { childStarter } from '../registry/start-child.js';

test('300 processes, three at a time and each killed at some moment, leave a consistent registry', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  const directory = join(folder, 'models');
  const start = await childStarter(folder);
  const random = createRandom(12);
  const registry = fileRegistry(directory);
  for (let round = 0; round < 100; round++) {
    const children = [0, 1, 2].map((i) => start(directory, 'everything', `r${round}-${i}`, '1000'));
    await Promise.race(children.map((child) => child.started));
    for (const child of children) {
      await setTimeout(random.next() * 60);
      child.process.kill('SIGKILL');
    }
    for (const child of children) expect((await child.ended).errors).toBe('');
    await expectConsistent(registry);
  }
  const staging = join(directory, '.staging');
  const longAgo = Date.now() / 1000 - 3700;
  for (const leftover of await readdir(staging)) await utimes(join(staging, leftover), longAgo, longAgo);
  await registry.setTag('adult', 1, 'last', 'change');
  expect(await readdir(staging)).toEqual([]);
  await rm(folder, { recursive: true });
});
