import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkup } from '../../src/report/escape-markup.js';

/** What a browser reads back from escaped text. */
function unescaped(markup: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] as string);
}

describe('escapeMarkup', () => {
  test('leaves nothing that could end an attribute or begin an element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeMarkup(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  test('is read back as the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(unescaped(escapeMarkup(text))).toBe(text);
      }),
    );
    expect(escapeMarkup(`<a href="x" title='&'>`)).toBe('&lt;a href=&quot;x&quot; title=&#39;&amp;&#39;&gt;');
  });

  test('replaces what no document may hold and keeps line breaks, tabs and emoji', () => {
    expect(escapeMarkup('a\u0000b\u001fc\u0085\ud800d\uffff')).toBe('a\ufffdb\ufffdc\ufffd\ufffdd\ufffd');
    expect(escapeMarkup('a\tb\nc\r😀 é 漢')).toBe('a\tb\nc\r😀 é 漢');
  });
});
