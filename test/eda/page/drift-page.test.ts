import { expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { detectDrift } from '../../../src/drift/detect-drift.js';
import { driftReference } from '../../../src/drift/reference/make-drift-reference.js';
import { driftPage } from '../../../src/eda/page/drift-page.js';
import { makeTable } from '../../../src/table/make-table.js';
import { sampleSpec, sampleTable } from '../../drift/sample-table.js';

const random = createRandom(4);
const reference = driftReference(sampleTable(random, 2000), sampleSpec);
const report = detectDrift({ reference, current: sampleTable(random, 500, 0.5) });

test('driftPage is one safe file that names every column, drifted ones first', () => {
  const text = driftPage(report, { title: 'Drift of <homes>' });
  expect(text).toContain('Drift of &lt;homes&gt;');
  expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  for (const { name } of report.columns) expect(text).toContain(`id="k-${name}"`);
  expect(text.indexOf('id="k-height"')).toBeLessThan(text.indexOf('id="k-since"'));
});

test('driftPage escapes the names of columns and categories', () => {
  const [column] = report.columns;
  const odd = {
    ...column,
    name: '<img onerror=x>',
    quality: { ...column?.quality, unseen: { share: 0.5, values: ['<script>'] } },
  } as (typeof report.columns)[number];
  const text = driftPage({ ...report, columns: [odd] });
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;script&gt;');
});

test('driftPage stays under a megabyte for thousands of columns, and says what it leaves out', () => {
  const columns = Array.from({ length: 600 }, () => report.columns).flat();
  const text = driftPage({ ...report, columns });
  expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  expect(text).toMatch(/The [\d,]+ columns that drifted least are left out/);
});

test('driftPage answers for a window with no rows', () => {
  const empty = makeTable(sampleSpec.fields.map(({ name }) => [name, new Float64Array(0)] as const));
  expect(driftPage(detectDrift({ reference, current: empty }))).toContain('0 current rows');
});
