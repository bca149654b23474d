// How the public check suites tell what is wrong: no test framework, every promise tried, one error that lists the broken ones.
import { inspect, isDeepStrictEqual } from 'node:util';
import type { ErrorCode } from '../core/error-codes.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';

/** One thing a contract promises: a sentence, and a function that throws where it does not hold. */
export type Promises<Subject> = Readonly<Record<string, (subject: Subject) => void | Promise<void>>>;

/**
 * Tries every promise, each on a subject of its own.
 * @param suite The first word of the error: "checkRegistry".
 * @throws AggregateError whose message has a line a broken promise, and whose `errors` are what was thrown
 */
export async function keepPromises<Subject>(
  suite: string,
  promises: Promises<Subject>,
  make: () => Subject | Promise<Subject>,
): Promise<void> {
  const broken: { readonly promise: string; readonly error: unknown }[] = [];
  for (const [promise, holds] of Object.entries(promises)) {
    try {
      await holds(await make());
    } catch (error) {
      broken.push({ promise, error });
    }
  }
  if (broken.length === 0) return;
  const lines = broken.map(({ promise, error }) => `- ${promise}: ${error instanceof Error ? error.message : error}`);
  throw new AggregateError(
    broken.map(({ error }) => error),
    `${suite}: ${broken.length} of ${Object.keys(promises).length} promises do not hold\n${lines.join('\n')}`,
  );
}

/** @throws Error that shows both values where they differ in value or type */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what} must be ${shown(expected)}, got ${shown(actual)}`);
}

/** @throws Error where `action` ends well, or with anything but an error of this code */
export async function expectCode(what: string, code: ErrorCode, action: () => unknown): Promise<void> {
  let outcome = 'it ended well';
  try {
    await action();
  } catch (error) {
    if (isTabwrightError(error) && error.code === code) return;
    outcome = isTabwrightError(error) ? `got ${error.code}: ${error.message}` : `got ${error}`;
  }
  throw new Error(`${what} must throw ${code}, but ${outcome}`);
}

function shown(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 20, maxStringLength: 200 });
}
