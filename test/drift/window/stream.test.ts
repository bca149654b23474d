// A stream of requests judged window by window: a shift of one feature is found soon, and alarms without one are as rare as stated.
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../../src/core/random.js';
import { driftReference } from '../../../src/drift/reference/make-drift-reference.js';
import { driftWindow } from '../../../src/drift/window/drift-window.js';
import { makeTable } from '../../../src/table/make-table.js';

const NAMES = ['a', 'b', 'c', 'd'];
const WINDOW = 1000;
const LEVEL = 0.001;
const spec = { fields: NAMES.map((name) => ({ name, type: 'number', nullable: true }) as const) };

function rows(random: Random, n: number, shift = 0) {
  const draw = (name: string): Float64Array =>
    Float64Array.from({ length: n }, () => random.normal() + (name === 'b' ? shift : 0));
  return makeTable(NAMES.map((name) => [name, draw(name)] as const));
}

/** Positions of the rows at which a window was called drifted. */
function alarms(random: Random, nRows: number, shiftAt: number): number[] {
  const reference = driftReference(rows(random, 20_000), spec);
  const options = { numericMeasure: 'kolmogorov-smirnov', level: LEVEL, driftShare: 1 / NAMES.length } as const;
  const window = driftWindow(reference, { rows: WINDOW, panes: 1, ...options });
  const found: number[] = [];
  for (let row = 0; row < nRows; row += WINDOW) {
    window.addTable(rows(random, WINDOW, row >= shiftAt ? 0.3 : 0));
    if (window.report().isDrifted) found.push(row + WINDOW);
  }
  return found;
}

test('a shift by 0.3 standard deviations is found within 2000 rows', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const found = alarms(createRandom(seed), 20_000, 10_500);
    expect(found.find((row) => row > 10_500)).toBeLessThanOrEqual(12_500);
  }
});

test('without a shift there are no more alarms in 20 runs than their rate allows', () => {
  const runs = Array.from({ length: 20 }, (_, seed) =>
    alarms(createRandom(100 + seed), 15_000, Number.POSITIVE_INFINITY),
  );
  const checks = 20 * 15;
  const rate = 1 - (1 - LEVEL) ** NAMES.length;
  const alarmed = runs.reduce((sum, found) => sum + found.length, 0);
  expect(alarmed).toBeLessThanOrEqual(Math.ceil(checks * rate + 4 * Math.sqrt(checks * rate)));
});
