import { describe } from 'vitest';

/**
 * Tests that need something of this machine, such as a peer or public data: with it they run, without it the suite is skipped
 * and its name says what is missing.
 * @param given what the tests work with; undefined where it is not there
 */
export function describeGiven<Given>(
  name: string,
  { given, needs }: { readonly given: Given | undefined; readonly needs: string },
  body: (given: Given) => void,
): void {
  const title = given === undefined ? `${name} (needs ${needs})` : name;
  describe.skipIf(given === undefined)(title, () => {
    if (given !== undefined) body(given);
  });
}
