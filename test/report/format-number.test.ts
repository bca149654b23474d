import { describe, expect, test } from 'vitest';
import { formatCount, formatNumber, formatPercent, formatTicks } from '../../src/report/format-number.js';

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [0.905478, '0.9055'],
    [0.5, '0.5'],
    [38.6435854, '38.64'],
    [1078.5, '1,079'],
    [9999, '9,999'],
    [9999.6, '10K'],
    [28523, '28.5K'],
    [1490400, '1.49M'],
    [3e12, '3T'],
    [4.2e15, '4.2e15'],
    [-3.25, '−3.25'],
    [-189664, '−190K'],
    [0.00012345, '0.0001235'],
    [1.234e-7, '1.23e−7'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('formatCount', () => {
  test.each([
    [48842, '48,842'],
    [1000000, '1,000,000'],
    [-5, '−5'],
    [Number.NaN, '–'],
  ])('writes %d as %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });
});

describe('formatPercent', () => {
  test.each([
    [0, '0%'],
    [1, '100%'],
    [0.057312, '5.7%'],
    [0.0004, '<0.1%'],
    [0.9996, '>99.9%'],
    [-0.12, '−12%'],
    [Number.NaN, '–'],
  ])('writes %d as %s', (value, text) => {
    expect(formatPercent(value)).toBe(text);
  });
});

describe('formatTicks', () => {
  test.each([
    [
      [0, 0.2, 0.4, 0.6000000000000001],
      ['0.0', '0.2', '0.4', '0.6'],
    ],
    [
      [0.45, 0.5, 0.55],
      ['0.45', '0.50', '0.55'],
    ],
    [
      [-2000, 0, 2000],
      ['−2,000', '0', '2,000'],
    ],
    [
      [0, 10000, 20000],
      ['0', '10K', '20K'],
    ],
    [
      [1000000, 1000001],
      ['1,000,000', '1,000,001'],
    ],
    [
      [0, 2e-6, 4e-6],
      ['0', '2e−6', '4e−6'],
    ],
    [[3], ['3']],
    [[], []],
  ])('tells %j apart', (ticks, labels) => {
    expect(formatTicks(ticks)).toEqual(labels);
  });
});
