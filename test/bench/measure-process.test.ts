// A whole process is measured by its wall time and peak memory, and its failure is an error.
import { expect, test } from 'vitest';
import { loadHarness } from './load-harness.js';

interface Measured {
  time: number;
  rss: number;
  stdout: string;
}
const { measureProcess } = await loadHarness<{
  measureProcess(command: string, args: string[], options?: { input?: string }): Promise<Measured>;
}>('measure-process.mjs');

test('a process gives its output, seconds and peak bytes', async () => {
  const script = 'process.stdin.pipe(process.stdout); const held = Buffer.alloc(2e8, 1); setTimeout(() => held[0], 50)';
  const { time, rss, stdout } = await measureProcess(process.execPath, ['-e', script], { input: 'rows' });
  expect(stdout).toBe('rows');
  expect(time).toBeGreaterThan(0.05);
  // GNU time is absent on some machines; the peak is then unknown.
  if (!Number.isNaN(rss)) expect(rss).toBeGreaterThan(2e8);
});

test('a process that fails is an error with what it printed', async () => {
  const failing = measureProcess(process.execPath, ['-e', 'console.error("no such table"); process.exit(3)']);
  await expect(failing).rejects.toThrow(/ended with 3: no such table/);
});
