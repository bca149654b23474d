import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitText, textWidth } from '../../src/report/text-width.js';

describe('textWidth', () => {
  test('is never under the width in DejaVu Sans, the widest of the common system fonts', () => {
    // Advance widths in units of 1/2048 em, from the font's hmtx table.
    const advances = { a: 1255, i: 569, m: 1995, W: 2025, '0': 1303, '<': 1716, ' ': 651, _: 1024, A: 1401 };
    for (const [character, advance] of Object.entries(advances)) {
      expect(textWidth(character, 2048), character).toBeGreaterThanOrEqual(advance);
    }
  });
});

describe('fitText', () => {
  test('keeps text that fits, else as much as fits before an ellipsis', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 20, max: 200 }), (text, width) => {
        const fitted = fitText(text, 12, width);
        expect(textWidth(fitted, 12)).toBeLessThanOrEqual(width);
        if (fitted !== text) expect(text.startsWith(fitted.slice(0, -1)) && fitted.endsWith('…')).toBe(true);
        else expect(textWidth(text, 12)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('does not cut a character in half', () => {
    expect(fitText('😀😀😀😀', 12, 40)).toBe('😀😀…');
  });
});
