import { describe, expect, test } from 'vitest';
import { html, Markup } from '../../src/report/html.js';

describe('html', () => {
  test('escapes texts, takes markup as it is and joins lists', () => {
    const items = ['<b>', 'a & b'].map((text) => html`<li>${text}`);
    expect(html`<ul class="${'"x"'}">${items}</ul>`.text).toBe(
      '<ul class="&quot;x&quot;"><li>&lt;b&gt;<li>a &amp; b</ul>',
    );
  });

  test('leaves nothing for false and undefined, and writes 0', () => {
    expect(html`${false}${undefined}${0}${''}`.text).toBe('0');
  });

  test('never takes a text for markup, whatever shape it has', () => {
    expect(html`${'<script>alert(1)</script>'}`.text).not.toContain('<script');
    expect(html`${new Markup('<i>')}`.text).toBe('<i>');
  });
});
