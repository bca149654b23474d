import { describe, expect, test } from 'vitest';
import type { TokenName } from '../../src/report/tokens.js';
import { TOKENS } from '../../src/report/tokens.js';

const SCHEMES = ['light', 'dark'] as const;
/** WCAG 2.2 asks for 4.5 and 3. */
const TEXT_CONTRAST = 5.7;
const MARK_CONTRAST = 3.3;

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.slice(1).replace(/./g, '$&$&') : colour.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(SCHEMES)('colours on a %s ground', (scheme) => {
  const of = (name: TokenName): string => TOKENS[name][scheme];

  test.each([
    ['fg', 'card'],
    ['fg', 'bg'],
    ['mut', 'card'],
    ['mut', 'bg'],
    ['acc', 'bg'],
    ['ink', 'neg'],
    ['ink', 'pos'],
    ['bad', 'bad-bg'],
    ['warn', 'warn-bg'],
    ['info', 'info-bg'],
  ] as const)('let %s be read on %s', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  });

  test.each(['bar', 'ref', 'c1', 'c2', 'c3', 'c4', 'line2', 'd1'] as const)('let %s be seen', (mark) => {
    expect(contrast(of(mark), of('card'))).toBeGreaterThanOrEqual(MARK_CONTRAST);
  });
});
