import type { CellParser } from './cell-parser.js';

const PLAIN = spellings(['true', 'True', 'TRUE'], ['false', 'False', 'FALSE']);
const DECLARED = spellings(
  ['t', 'T', 'yes', 'Yes', 'YES', 'y', 'Y', '1'],
  ['f', 'F', 'no', 'No', 'NO', 'n', 'N', '0'],
  PLAIN,
);

/**
 * A parser of booleans as 1 and 0: `true` and `false`, capitalised or in capitals; in a column declared boolean, also `t`, `yes`,
 * `y`, `1` and their opposites, which elsewhere are categories or numbers.
 */
export function booleanParser(declared: boolean): CellParser {
  const known = byFirstByte(booleanWords(declared));
  return function parseBoolean(bytes, start, end) {
    const words = known[bytes[start] as number];
    if (words === undefined) return Number.NaN;
    for (const { letters, value } of words) if (isWord(letters, bytes, start, end)) return value;
    return Number.NaN;
  };
}

/** The words of {@link booleanParser}, by what they mean. */
export function booleanWords(declared: boolean): ReadonlyMap<string, number> {
  return declared ? DECLARED : PLAIN;
}

interface Word {
  readonly letters: Uint8Array;
  readonly value: number;
}

function byFirstByte(words: ReadonlyMap<string, number>): readonly (readonly Word[] | undefined)[] {
  const found: Word[][] = [];
  for (const [word, value] of words) {
    const letters = Buffer.from(word);
    const first = letters[0] as number;
    found[first] = [...(found[first] ?? []), { letters, value }];
  }
  return found;
}

function isWord(letters: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (letters.length !== end - start) return false;
  for (let i = 1; i < letters.length; i++) if (letters[i] !== bytes[start + i]) return false;
  return true;
}

function spellings(
  yes: readonly string[],
  no: readonly string[],
  more: Iterable<readonly [string, number]> = [],
): Map<string, number> {
  return new Map([...more, ...yes.map((word) => [word, 1] as const), ...no.map((word) => [word, 0] as const)]);
}
