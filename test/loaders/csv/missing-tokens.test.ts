import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MissingTokens } from '../../../src/loaders/csv/missing-tokens.js';

const has = (tokens: MissingTokens, text: string) => {
  const bytes = Buffer.from(`x${text}x`);
  return tokens.has(bytes, 1, bytes.length - 1);
};

describe('MissingTokens', () => {
  it('holds the tokens and nothing else', () => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...'Na/é'), { maxLength: 4 }).map((list) => list.join('')),
      fc.constant('N'.repeat(40)),
    );
    fc.assert(
      fc.property(fc.array(text), text, (tokens, candidate) => {
        expect(has(new MissingTokens(tokens), candidate)).toBe(tokens.includes(candidate));
      }),
      { numRuns: 3000 },
    );
  });

  it('ignores spaces around a token', () => {
    expect(has(new MissingTokens([' NA\t']), 'NA')).toBe(true);
    expect(has(new MissingTokens(['  ']), '')).toBe(true);
  });
});
