import { describe, expect, test } from 'vitest';
import { comparisonPage } from '../../../src/eda/page/comparison-page.js';
import { PAGE_LIMIT_BYTES } from '../../../src/eda/page/profile-page.js';
import type { ProfileComparison } from '../../../src/eda/profile-types.js';
import { madeComparison } from './made-comparison.js';

const only = (comparison: ProfileComparison, names: readonly string[]): ProfileComparison => ({
  ...comparison,
  columns: comparison.columns.filter(({ name }) => names.includes(name)),
});

describe('comparisonPage', () => {
  test('shows each column of every profile, those that changed first', () => {
    const page = comparisonPage(madeComparison());
    const order = [...page.matchAll(/class="dt cp" id="([^"]*)"/g)].map(([, id]) => id);
    expect(order).toHaveLength(9);
    expect(order[0]).toBe('k-column_323');
    expect(page.includes('href="#k-column_323"')).toBe(true);
  });

  test('lays distributions over each other, and says a measure of drift', () => {
    const page = comparisonPage(only(madeComparison(), ['column 0']));
    expect(page.match(/class="o"/g)).toHaveLength(1);
    expect(page.includes('<th scope="row">wasserstein<td>–<td>0.25')).toBe(true);
  });

  test('leaves a dash for a column that one profile does not have', () => {
    const comparison = madeComparison();
    const [first] = comparison.columns;
    if (first === undefined) throw new Error('no column');
    const columns = [{ ...first, profiles: [first.profiles[0] ?? null, null], overlay: null }];
    expect(comparisonPage({ ...comparison, columns }).includes('<th scope="row">Type<td>integer<td>–')).toBe(true);
  });

  test('stays under a megabyte, whatever the width and the names', { timeout: 60_000 }, () => {
    const wide = comparisonPage(madeComparison({ nColumns: 3000, name: (i) => `<script>${i}` }));
    expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(PAGE_LIMIT_BYTES);
    expect(wide.includes('columns that changed least are left out')).toBe(true);
    expect(wide.match(/<script/g)).toHaveLength(1);
  });
});
