import { describe, expect, test } from 'vitest';
import { parseContentType, preferredMediaType } from '../../src/serving/media-type.js';

describe('parseContentType', () => {
  test.each([
    ['text/csv', 'text/csv', ''],
    ['Text/CSV ; Header=present; Charset="UTF-8"', 'text/csv', 'utf-8'],
    ['application/json;charset=latin1', 'application/json', 'latin1'],
    ['', '', ''],
    [';', '', ''],
  ])('takes %j apart', (header, mediaType, charset) => {
    expect(parseContentType(header)).toEqual({ mediaType, charset });
  });
});

describe('preferredMediaType', () => {
  const offered = ['application/json', 'text/csv'] as const;

  test.each([
    ['absent', undefined, 'text/csv'],
    ['everything', '*/*', 'text/csv'],
    ['everything, spelled with others', 'image/png, */*;q=0.1', 'text/csv'],
    ['one type', 'application/json', 'application/json'],
    ['a whole type', 'application/*', 'application/json'],
    ['in another case', 'Application/JSON', 'application/json'],
    ['by quality', 'text/csv;q=0.4, application/json;q=0.5', 'application/json'],
    ['a quality of its own over a wider range', 'text/*, text/csv;q=0.1, application/json;q=0.2', 'application/json'],
    ['all but one', 'text/csv;q=0, */*', 'application/json'],
    ['a tie', 'application/json, text/csv', 'text/csv'],
    ['none of them', 'image/png', 'text/csv'],
    ['one with a quality that is no number', 'application/json;q=high, text/csv;q=0.1', 'text/csv'],
    ['nothing', '', 'text/csv'],
  ])('answers in the right type where the header accepts %s', (_what, accept, expected) => {
    expect(preferredMediaType(accept, offered, 'text/csv')).toBe(expected);
  });
});
