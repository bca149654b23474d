import { describe, expect, test } from 'vitest';
import { histogramChart } from '../../src/report/histogram-chart.js';
import { sparkHistogram, sparkShares } from '../../src/report/spark.js';

const chart = { description: 'Ages', edges: [0, 10, 20, 30], counts: [5, 0, 10], isInteger: false };

/** The corners of each bar: x of its left and right side, y of its top and bottom. */
function barsOf(svg: string): number[][] {
  const path = /class="b" d="([^"]*)"/.exec(svg)?.[1] ?? '';
  return path
    .split('M')
    .slice(1)
    .map((bar) => bar.match(/-?[\d.]+/g)?.map(Number) ?? []);
}

describe('histogramChart', () => {
  test('draws a bar a filled bin, as wide as the bin and as high as its count', () => {
    const bars = barsOf(histogramChart(chart).text);
    expect(bars).toHaveLength(2);
    const [[left, bottom, top, right], [left2, bottom2, top2]] = bars as [number[], number[]];
    expect([bottom, bottom2]).toEqual([174, 174]);
    expect((bottom as number) - (top as number)).toBeCloseTo(((bottom2 as number) - (top2 as number)) / 2, 0);
    expect((left2 as number) - (left as number)).toBeCloseTo(2 * ((right as number) - (left as number) + 1.5), 0);
  });

  test('says what it shows, and marks a value that is in sight only', () => {
    expect(histogramChart(chart).text).toContain('aria-label="Ages"');
    const mark = { at: 15, label: 'median 15' };
    expect(histogramChart({ ...chart, mark }).text).toContain('median 15');
    expect(histogramChart({ ...chart, mark: { ...mark, at: 31 } }).text).not.toContain('median 15');
  });

  test('labels whole numbers alone where values are whole', () => {
    const text = histogramChart({ ...chart, edges: [-0.5, 0.5, 1.5, 2.5], isInteger: true }).text;
    const labels = [...text.matchAll(/text-anchor="(?:middle|end)">([^<]*)/g)].map(([, label]) => label);
    expect(labels.some((label) => label?.includes('.'))).toBe(false);
  });

  test('holds with one bin, with no rows and with one value', () => {
    for (const counts of [[7], [0]]) {
      expect(histogramChart({ ...chart, edges: [3, 3], counts }).text).not.toMatch(/NaN|Infinity/);
    }
  });

  test('lays an outline over the bars', () => {
    expect(histogramChart({ ...chart, outline: [1, 20, 3] }).text).toContain('class="o"');
  });
});

describe('small charts', () => {
  test('join bins of equal height, and keep a spike apart', () => {
    expect(sparkHistogram([1, 1, 2], false).text).toContain('d="M0 24V12h2V1h1V24"');
    expect(sparkHistogram([1, 1, 2], true).text).toContain('class="k"');
  });

  test('fill what shares leave with other values', () => {
    expect(sparkShares([0.5, 0.25]).text).toContain('class="o" style="flex:25"');
    expect(sparkShares([0.5, 0.5]).text).not.toContain('class="o"');
  });
});
