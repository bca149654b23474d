import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { detectDrift } from '../../../src/drift/detect-drift.js';
import { driftReference } from '../../../src/drift/reference/make-drift-reference.js';
import { driftWindow } from '../../../src/drift/window/drift-window.js';
import { takeRows } from '../../../src/table/take-rows.js';
import { rowsOf, sampleSpec, sampleTable } from '../sample-table.js';

const random = createRandom(5);
const train = sampleTable(random, 3000);
const current = sampleTable(random, 1000, 0.3);
const target = { column: 'bought', task: 'binary', positive: 'yes', classes: ['no', 'yes'] } as const;
const scores = Float64Array.from({ length: 3000 }, () => random.next());
const reference = driftReference(
  train,
  { ...sampleSpec, target },
  {
    target: scores.map((score) => Number(score > 0.7)),
    predictions: scores,
  },
);
const predictions = Array.from({ length: 1000 }, () => {
  const score = random.next() ** 2;
  return { score, label: score >= 0.5 ? 'yes' : 'no' };
});
/** A report less the times, which go by the clock. */
const timeless = (report: ReturnType<typeof detectDrift>) => ({ ...report, current: report.current.nRows });

describe('driftWindow', () => {
  test('finds in rows, in tables and in parts of tables what a comparison of the whole table finds', () => {
    const whole = timeless(detectDrift({ reference, current, predictions }));
    const rows = driftWindow(reference);
    for (const [i, row] of rowsOf(current).entries()) rows.add(row, predictions[i]);
    expect(timeless(rows.report())).toEqual(whole);
    const tables = driftWindow(reference, { rows: 1000, panes: 8 });
    const first = Uint32Array.from({ length: 400 }, (_, i) => i);
    const rest = Uint32Array.from({ length: 600 }, (_, i) => 400 + i);
    tables.addTable(takeRows(current, first), predictions.slice(0, 400));
    tables.addTable(takeRows(current, rest), predictions.slice(400));
    expect(timeless(tables.report()).columns).toEqual(whole.columns);
    expect(tables.report().score).toEqual(whole.score);
    expect(whole.prediction?.isDrifted).toBe(true);
  });

  test('holds the latest rows: all but one pane of them at least', () => {
    const window = driftWindow(reference, { rows: 100, panes: 4 });
    const rows = rowsOf(current);
    for (const [i, row] of rows.entries()) {
      window.add(row);
      expect(window.nRows).toBeLessThanOrEqual(100);
      expect(window.nRows).toBeGreaterThanOrEqual(Math.min(i + 1, 76));
    }
    const latest = Uint32Array.from({ length: window.nRows }, (_, i) => rows.length - window.nRows + i);
    const expected = detectDrift({ reference, current: takeRows(current, latest) });
    expect(window.report().columns).toEqual(expected.columns);
  });

  test('starts anew when it is full, with one pane', () => {
    const window = driftWindow(reference, { rows: 50, panes: 1 });
    for (const row of rowsOf(current).slice(0, 51)) window.add(row);
    expect(window.nRows).toBe(1);
  });

  test('forgets what is older than its time, whether or not rows come', () => {
    let now = Date.UTC(2026, 0, 1);
    const window = driftWindow(reference, { windowMs: 1000, panes: 10, clock: () => now });
    const [row = {}] = rowsOf(current);
    for (let i = 0; i < 40; i++, now += 50) window.add(row);
    expect(window.nRows).toBeGreaterThanOrEqual(18);
    expect(window.nRows).toBeLessThanOrEqual(22);
    expect(window.report().current).toEqual({
      nRows: window.nRows,
      from: new Date(now - 50 * window.nRows).toISOString(),
      to: new Date(now - 50).toISOString(),
    });
    now += 1000;
    expect(window.report().current).toEqual({ nRows: 0, from: null, to: null });
  });

  test('compares true labels that come later, whatever type their text has', () => {
    const window = driftWindow(reference);
    expect(window.report().target).toBeNull();
    for (let i = 0; i < 200; i++) window.addTarget(i % 2 === 0 ? 'yes' : 'no');
    const { target: found } = window.report();
    expect(found).toMatchObject({ name: 'bought', isDrifted: true, quality: { nCurrent: 200, changes: [] } });
    expect(found?.distribution).toMatchObject({ categories: ['no', 'yes'], current: [0.5, 0.5] });
    window.clear();
    expect(window.report().target).toBeNull();
  });

  test('takes a property that every object inherits for a missing cell', () => {
    const window = driftWindow({ ...reference, columns: [{ ...reference.columns[0], name: 'constructor' } as never] });
    window.add({});
    expect(window.report().columns[0]?.quality).toMatchObject({ mistyped: 0, missing: { current: 1 } });
  });

  test('refuses sizes that make no window', () => {
    expect(() => driftWindow(reference, { rows: 0 })).toThrow('driftWindow: rows must be an integer >= 10, got 0');
    expect(() => driftWindow(reference, { panels: 3 } as object)).toThrow('there is no option panels');
  });
});
