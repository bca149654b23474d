// docs/eda.md: its program, run as it stands, and the errors of sketches that it states.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HYPER_LOG_LOG_ERROR } from '../../src/eda/sketches/hyper-log-log.js';
import { KLL_RANK_ERROR } from '../../src/eda/sketches/kll-sketch.js';
import { runPage } from './run-page.js';

const page = readFileSync('docs/eda.md', 'utf8');

describe('docs/eda.md', () => {
  test('has a program that prints what it says', async () => {
    expect(await runPage('docs/eda.md')).toEqual([
      [['age: categorical', 'plan: text', 'converted: boolean']],
      [39],
      ['16.7% missing'],
    ]);
  });

  test('states the errors of sketches', () => {
    expect(page).toContain(`${(100 * HYPER_LOG_LOG_ERROR).toFixed(2)} % standard error`);
    expect(page).toContain(`${(100 * KLL_RANK_ERROR).toFixed(2)} % of ranks`);
  });
});
