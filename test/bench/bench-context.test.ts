// Figures have one form, and the page shows each of them with its unit.
import { expect, test } from 'vitest';
import { loadHarness } from './load-harness.js';

type Figure = Record<string, string | number | null>;
interface Context {
  readonly figures: Figure[];
  figure(figure: Figure): void;
  compare(workload: string, alternatives: Record<string, () => Promise<Record<string, number>>>): Promise<unknown>;
}

const { benchContext } = await loadHarness<{ benchContext(bench: string, options: object): Context }>(
  'bench-context.mjs',
);
const { benchmarksPage } = await loadHarness<{ benchmarksPage(results: object[]): string }>('benchmarks-page.mjs');

test('compare notes the first alternative against each other one, metric by metric', async () => {
  const printed: Figure[] = [];
  const context = benchContext('demo', { rounds: 3, onFigure: (figure: Figure) => printed.push(figure) });
  await context.compare('10 rows', {
    ours: async () => ({ time: 1, rss: 100 }),
    slow: async () => ({ time: 4 }),
    large: async () => ({ time: 3, rss: 300 }),
  });
  const shared = { bench: 'demo', workload: '10 rows', n: 3 };
  expect(context.figures).toEqual([
    { ...shared, metric: 'time', ours: 1, peer: 4, peerName: 'slow', ratio: 0.25 },
    { ...shared, metric: 'time', ours: 1, peer: 3, peerName: 'large', ratio: 0.3333 },
    { ...shared, metric: 'rss', ours: 100, peer: 300, peerName: 'large', ratio: 0.3333 },
  ]);
  expect(printed).toEqual(context.figures);
});

test('figures without a peer stand alone', async () => {
  const context = benchContext('demo', {});
  await context.compare('10 rows', { ours: async () => ({ auc: 0.812345 }) });
  expect(context.figures).toEqual([
    { bench: 'demo', workload: '10 rows', metric: 'auc', ours: 0.8123, peer: null, peerName: null, ratio: null, n: 5 },
  ]);
});

test('the page has a section a benchmark with units, versions and machine facts', () => {
  const figure = {
    workload: 'a|b',
    metric: 'p50',
    ours: 2.5e-6,
    peer: 0.01,
    peerName: 'LightGBM',
    ratio: 0.00025,
    n: 9,
  };
  const machine = { cpu: 'CPU', cores: 2, memoryGiB: 8, platform: 'linux x64', node: 'v20.20.2', loadAtStart: 0 };
  const page = benchmarksPage([
    { bench: 'demo', question: 'How fast?', machine, versions: { LightGBM: '4.7.0' }, figures: [figure] },
  ]);
  expect(page).toContain('## demo\n\nHow fast?\n\n2 cores (CPU), 8 GiB, linux x64; Node 20.20.2; LightGBM 4.7.0.\n');
  expect(page).toContain('| a\\|b | p50 | 2.5 µs | LightGBM 10 ms | 0.00025 | 9 |\n');
});
