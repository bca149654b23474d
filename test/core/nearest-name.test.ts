import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestName } from '../../src/core/nearest-name.js';

const OPTIONS = ['learningRate', 'numLeaves', 'maxDepth', 'l1', 'l2', 'seed'];

test.each([
  ['learningrate', 'learningRate'],
  ['learning_rate', 'learningRate'],
  ['learing-rate', 'learningRate'],
  ['numLeafs', 'numLeaves'],
  ['naxDepth', 'maxDepth'],
  ['sede', 'seed'],
])('takes %s for %s', (given, meant) => {
  expect(nearestName(given, OPTIONS)).toBe(meant);
});

test('suggests nothing where every name is far, or there is none', () => {
  expect(nearestName('somethingElse', OPTIONS)).toBeUndefined();
  expect(nearestName('seed', [])).toBeUndefined();
});

test('takes the first of several that are equally near', () => {
  expect(nearestName('l3', ['l2', 'l1'])).toBe('l2');
});

/** Restricted Damerau-Levenshtein distance straight from its recurrence. */
function naiveDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  const substitution = naiveDistance(restA, restB) + (a.at(-1) === b.at(-1) ? 0 : 1);
  const best = Math.min(substitution, naiveDistance(restA, b) + 1, naiveDistance(a, restB) + 1);
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return swapped ? Math.min(best, naiveDistance(a.slice(0, -2), b.slice(0, -2)) + 1) : best;
}

test('finds the first name of the least distance within the limit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (name, candidates) => {
      const distances = candidates.map((candidate) => naiveDistance(name, candidate));
      const least = Math.min(...distances);
      const expected = least <= 2 ? candidates[distances.indexOf(least)] : undefined;
      expect(nearestName(name, candidates)).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

test('allows a third of the length of a long name', () => {
  expect(nearestName('abcdefghi', ['abcdefxyz'])).toBe('abcdefxyz');
  expect(nearestName('abcdefgh', ['abcdexyz'])).toBeUndefined();
});
