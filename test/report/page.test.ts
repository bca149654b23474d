import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { page } from '../../src/report/page.js';
import { rocPlot } from '../../src/report/roc-plot.js';

const plot = rocPlot([{ label: 'All folds', fpr: [0, 1], tpr: [0, 1], auc: 0.5 }]);
const html = page({
  title: 'a <model> & "more"',
  subtitle: "it's <b>",
  sections: [
    { id: 'plots', title: 'Plots & more', body: plot },
    { id: 'end', title: 'End', body: '<p>x</p>' },
  ],
});

describe('page', () => {
  test('escapes titles and keeps the markup of bodies', () => {
    expect(html).toContain('<title>a &lt;model&gt; &amp; &quot;more&quot;</title>');
    expect(html).toContain('<p>it&#39;s &lt;b&gt;</p>');
    expect(html).toContain(plot);
  });

  test('links to every section', () => {
    expect(html).toContain('<a href="#plots">Plots &amp; more</a>');
    expect(html).toContain(
      '<section id="plots" aria-labelledby="plots-title"><h2 id="plots-title">Plots &amp; more</h2>',
    );
  });

  test('allows its own script by hash and no request at all', () => {
    const script = html.match(/<script>(.*?)<\/script>/s)?.[1] as string;
    const hash = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`default-src 'none';style-src 'unsafe-inline';script-src 'sha256-${hash}';img-src data:`);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src="|url\(/);
  });

  test('styles charts by its own colours, which the theme switch moves', () => {
    expect(html).toContain('--fg:light-dark(#1b1c1a,#ecede8)');
    expect(html).toContain('.plot text{fill:var(--mut)}');
    expect(html).toContain(':root[data-theme=dark]{color-scheme:dark}');
  });
});
